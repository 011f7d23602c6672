import { useState } from "react";
import { useApp } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { Button } from "../../ui/button.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { Field, TextInput } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";

/** Takes the signing secret of one webhook; what it left unproven is checked again by the engine. */
export function WebhookSecretDialog({ webhookId, onClose }: { webhookId: string; onClose: () => void }) {
  const app = useApp();
  const [secret, setSecret] = useState("");
  const [error, setError] = useState<string | null>(null);

  const submit = async (): Promise<void> => {
    setError(null);
    try {
      await app.client.call("secrets.set", { kind: "webhook", webhookId, value: secret });
      onClose();
      app.toast("Secret kept. Its deliveries are checked again.");
      app.attempt(app.detail.refresh);
      if (app.store.getState().view.area === "webhooks") app.attempt(app.account.refreshWebhooks);
    } catch (failure) {
      setError(toMessage(failure));
    }
  };

  return (
    <Modal
      title="Secret of a webhook"
      description="api.video shows it once, when the webhook is made: signatureSecret in its answer."
      onClose={onClose}
    >
      <EngineForm
        className="grid gap-3"
        // Its failure is shown beside the field.
        onSubmit={() => void submit()}
      >
        <p className="text-t3 wrap-anywhere">
          Webhook <code className="text-t1">{webhookId}</code>
        </p>
        <Field label="Signing secret" hint="It is never shown again." error={error}>
          {(ids) => (
            <TextInput {...ids} type="password" value={secret} onChange={(event) => setSecret(event.target.value)} />
          )}
        </Field>
        <Button type="submit" look="primary" className="justify-self-start" disabled={secret === ""}>
          Keep secret
        </Button>
      </EngineForm>
    </Modal>
  );
}
