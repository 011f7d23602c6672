import { useState } from "react";
import { EVENT_TYPES, eventFacts } from "#shared/api-video/event-types.ts";
import { useApp } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Field, TextInput } from "../../ui/field.tsx";

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
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          // Its failure is shown beside the field.
          void submit();
        }}
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
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-semibold text-t1">Events</legend>
          {EVENT_TYPES.map((type) => (
            <label key={type} className="flex min-h-6 items-center gap-2">
              <input
                type="checkbox"
                checked={events.includes(type)}
                onChange={({ target }) =>
                  setEvents(target.checked ? [...events, type] : events.filter((other) => other !== type))
                }
                className="size-4 accent-accent"
              />
              {eventFacts(type)?.title}
            </label>
          ))}
        </fieldset>
        <Button
          type="submit"
          className="justify-self-start"
          disabled={isBusy || isFull || url.trim() === "" || events.length === 0}
        >
          {isBusy ? "Creating" : "Create webhook"}
        </Button>
      </form>
    </Card>
  );
}
