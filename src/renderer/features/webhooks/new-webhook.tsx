import { useState } from "react";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { useApp } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { Field, TextInput } from "../../ui/field.tsx";
import { EventChoice } from "../common/event-choice.tsx";

/** Makes a webhook for any URL; that for our own public URL is made by itself. */
export function NewWebhook({ isFull }: { isFull: boolean }) {
  const app = useApp();
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<readonly string[]>(EVENT_TYPES);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const { webhookId } = await app.client.call("webhooks.register", { url: url.trim(), events: [...events] });
      setUrl("");
      app.toast(`Created ${webhookId}. Its secret is kept.`);
      await app.account.refreshWebhooks();
    } catch (failure) {
      setError(toMessage(failure));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Card title="New webhook">
      <EngineForm
        className="grid gap-3"
        // Its failure is shown beside the field.
        onSubmit={() => void submit()}
      >
        <Field label="URL" hint="Where api.video sends the events. Its secret is kept here." error={error}>
          {(ids) => (
            <TextInput
              {...ids}
              value={url}
              placeholder="https://example.com/webhooks"
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <EventChoice chosen={events} onChange={setEvents} />
        <Button
          type="submit"
          className="justify-self-start"
          disabled={isBusy || isFull || url.trim() === "" || events.length === 0}
        >
          {isBusy ? "Creating" : "Create webhook"}
        </Button>
      </EngineForm>
    </Card>
  );
}
