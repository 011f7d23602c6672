import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import type { Diagnosis } from "#shared/domain/verification.ts";
import { focusRegion } from "../../actions/regions.ts";
import { useApp } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { Field, TextInput } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { DigestText } from "./digest-text.tsx";

/**
 * Checks the delivery with a secret of the user's. The secret is in this field and in the calls to the engine, and
 * nowhere else: it goes when the tab does.
 */
export function TrySecretCard({ delivery }: { delivery: DeliveryDetail }) {
  const app = useApp();
  const [secret, setSecret] = useState("");
  const [isShown, setIsShown] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [tried, setTried] = useState<Diagnosis | null>(null);
  const { id, webhookId } = delivery;

  const run = async (work: () => Promise<void>): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(toMessage(failure));
    } finally {
      setIsBusy(false);
    }
  };
  const check = () =>
    run(async () => setTried(await app.client.call("verification.explain", { id, secret: secret.trim() })));
  const keep = (keptFor: string) =>
    run(async () => {
      await app.client.call("secrets.set", { kind: "webhook", webhookId: keptFor, value: secret.trim() });
      setSecret("");
      app.toast("Secret kept. Its deliveries are checked again.");
      await app.detail.refresh();
      // This card is gone now: what comes next is read from the top of the delivery.
      focusRegion("detail");
    });

  return (
    <Card title="Try another secret">
      <EngineForm
        // Its failure is shown beside the field.
        onSubmit={() => void check()}
      >
        <Field label="Secret" hint="Checked on this machine, and not kept unless you say so." error={error}>
          {(ids) => (
            <div className="flex max-w-xl flex-wrap items-center gap-1.5">
              <TextInput
                {...ids}
                type={isShown ? "text" : "password"}
                className="flex-1 basis-40"
                placeholder="sig_sec_…"
                value={secret}
                onChange={(event) => {
                  setSecret(event.target.value);
                  setTried(null);
                }}
              />
              <IconButton
                needsEngine={false}
                label={isShown ? "Hide the secret" : "Show the secret"}
                onClick={() => setIsShown((shown) => !shown)}
                className="size-8"
              >
                {isShown ? <EyeOff aria-hidden="true" size={15} /> : <Eye aria-hidden="true" size={15} />}
              </IconButton>
              <Button type="submit" disabled={isBusy || secret.trim() === ""}>
                Check
              </Button>
            </div>
          )}
        </Field>
        <div role="status" className="not-empty:mt-3">
          {tried !== null && (
            <Outcome tried={tried} webhookId={webhookId} isBusy={isBusy} onKeep={(keptFor) => void keep(keptFor)} />
          )}
        </div>
      </EngineForm>
    </Card>
  );
}

function Outcome(props: {
  tried: Diagnosis;
  webhookId: string | undefined;
  isBusy: boolean;
  onKeep: (webhookId: string) => void;
}) {
  const { tried, webhookId, isBusy, onKeep } = props;
  if (tried.state === "verified") {
    return (
      <Notice
        tone="ok"
        action={
          webhookId !== undefined && (
            <Button disabled={isBusy} onClick={() => onKeep(webhookId)}>
              Keep it for this webhook
            </Button>
          )
        }
      >
        <b>It fits.</b> This delivery was signed with this secret, over exactly these bytes.{" "}
        {webhookId === undefined
          ? "It names no webhook: keep the secret under Webhooks, with the one it belongs to."
          : `Keep it if it is the one that api.video shows for ${webhookId}; what this webhook sent is then checked again.`}
      </Notice>
    );
  }
  // The bare SHA-256 of the body fits, too, but no secret takes part in it.
  const isNear = tried.evidence !== null && "fitsSecretOf" in tried.evidence && tried.evidence.fitsSecretOf !== null;
  return (
    <Notice tone={isNear ? "warn" : "bad"}>
      <b>{isNear ? "It is this secret, but not like this." : "It does not fit."}</b>{" "}
      {isNear ? `${tried.title} ${tried.explanation}` : "The signature was not made with it."}
      {tried.received !== null && tried.computed !== null && (
        <dl className="mt-2 grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 max-sm:grid-cols-1">
          <dt className="text-t3">Came</dt>
          <dd>
            <DigestText text={tried.received} />
          </dd>
          <dt className="text-t3">With this one</dt>
          <dd>
            <DigestText text={tried.computed} other={tried.received} />
          </dd>
        </dl>
      )}
    </Notice>
  );
}
