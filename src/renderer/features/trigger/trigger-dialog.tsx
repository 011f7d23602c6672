import { useState } from "react";
import { EVENT_TYPES, eventFacts, TUTORIAL_EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { isSimulator } from "../../actions/simulator-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { Field, Select, TextInput } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { PlayButtons } from "../common/play-buttons.tsx";

const TYPES = [...EVENT_TYPES, ...TUTORIAL_EVENT_TYPES];

const SIGNATURES = [
  ["valid", "Valid"],
  ["wrong-secret", "With another webhook's secret"],
  ["missing", "Missing"],
  ["reserialised", "Over re-serialised JSON"],
] as const;
type Signature = (typeof SIGNATURES)[number][0];

const DIALECTS = [
  ["auto", "That of the event"],
  ["api-video", "api.video's own"],
  ["tutorial", "The tutorial's"],
] as const;
type Dialect = (typeof DIALECTS)[number][0];

const MAX_COUNT = 1_000;

/** Sends simulated events, signed well or badly, through the listener or the public URL. */
export function TriggerDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const hasPublicUrl = useAppState(({ mirror }) => mirror?.tunnel.url != null);
  const canPlay = useAppState(isSimulator);
  const [type, setType] = useState<string>(TYPES[0] ?? "");
  const [signature, setSignature] = useState<Signature>("valid");
  const [dialect, setDialect] = useState<Dialect>("auto");
  const [count, setCount] = useState("1");
  const [isPublic, setIsPublic] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const number = Number(count);
  const isCountFit = Number.isInteger(number) && number >= 1 && number <= MAX_COUNT;

  const send = async (): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const { ids } = await app.client.call("simulator.trigger", {
        type,
        signature,
        count: number,
        via: isPublic ? "public-url" : "listener",
        ...(dialect !== "auto" && { dialect }),
      });
      onClose();
      app.toast(`${formatPlural(ids.length, "event")} sent.`);
      const { selectedId } = app.store.getState().view;
      if (selectedId === null) setView(app.store, { area: "deliveries", selectedId: ids.at(-1) ?? null });
    } catch (failure) {
      setError(toMessage(failure));
      setIsBusy(false);
    }
  };

  return (
    <Modal title="Trigger event" onClose={onClose}>
      <EngineForm
        className="grid gap-3"
        // Its failure is shown in the dialog.
        onSubmit={() => void send()}
      >
        <Field label="Event" hint={eventFacts(type)?.meaning}>
          {(ids) => (
            <Select {...ids} value={type} onChange={({ target }) => setType(target.value)}>
              {TYPES.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Signature">
            {(ids) => (
              <Select
                {...ids}
                value={signature}
                onChange={({ target }) => setSignature(toKnown(SIGNATURES, target.value))}
              >
                <Options choices={SIGNATURES} />
              </Select>
            )}
          </Field>
          <Field label="Payload shape">
            {(ids) => (
              <Select {...ids} value={dialect} onChange={({ target }) => setDialect(toKnown(DIALECTS, target.value))}>
                <Options choices={DIALECTS} />
              </Select>
            )}
          </Field>
          <Field label="How many" error={isCountFit ? null : `A number from 1 to ${MAX_COUNT}.`}>
            {(ids) => (
              <TextInput {...ids} inputMode="numeric" value={count} onChange={({ target }) => setCount(target.value)} />
            )}
          </Field>
          <Field label="Way" hint={hasPublicUrl ? undefined : "The public URL needs an open tunnel."}>
            {(ids) => (
              <Select
                {...ids}
                value={isPublic ? "public-url" : "listener"}
                onChange={({ target }) => setIsPublic(target.value === "public-url")}
              >
                <option value="listener">Straight to the listener</option>
                <option value="public-url" disabled={!hasPublicUrl}>
                  Through the public URL
                </option>
              </Select>
            )}
          </Field>
        </div>
        {error !== null && (
          <p role="alert" className="text-bad wrap-anywhere">
            {error}
          </p>
        )}
        <Button type="submit" look="primary" className="justify-self-start" disabled={isBusy || !isCountFit}>
          {isBusy ? "Sending" : "Send"}
        </Button>
      </EngineForm>
      {canPlay && (
        <div className="mt-4 grid gap-2 border-t border-line pt-3">
          <p className="text-t3">Or all events of a whole video or live stream, in their order, within some seconds:</p>
          <div className="flex flex-wrap gap-2">
            <PlayButtons onPlayed={onClose} />
          </div>
        </div>
      )}
    </Modal>
  );
}

function Options({ choices }: { choices: readonly (readonly [string, string])[] }) {
  return choices.map(([name, words]) => (
    <option key={name} value={name}>
      {words}
    </option>
  ));
}

/** The first choice where the value is none of them, which a select made from them cannot give. */
function toKnown<T extends string>(
  choices: readonly [readonly [T, string], ...(readonly [T, string])[]],
  value: string,
): T {
  return (choices.find(([name]) => name === value) ?? choices[0])[0];
}
