import { Clapperboard } from "lucide-react";
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
import { AS_EVER, SendingFields, toHow } from "./sending-fields.tsx";

const TYPES = [...EVENT_TYPES, ...TUTORIAL_EVENT_TYPES];
const MAX_COUNT = 1_000;

/** Sends simulated events, signed well or badly, through the listener or the public URL. */
export function TriggerDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const canPlay = useAppState(isSimulator);
  const [type, setType] = useState<string>(TYPES[0] ?? "");
  const [choice, setChoice] = useState(AS_EVER);
  const [count, setCount] = useState("1");
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const number = Number(count);
  const isCountFit = Number.isInteger(number) && number >= 1 && number <= MAX_COUNT;

  const send = async (): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const { ids } = await app.client.call("simulator.trigger", { type, count: number, ...toHow(choice) });
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
          <SendingFields choice={choice} onChange={setChoice} />
          <Field label="How many" error={isCountFit ? null : `A number from 1 to ${MAX_COUNT}.`}>
            {(ids) => (
              <TextInput {...ids} inputMode="numeric" value={count} onChange={({ target }) => setCount(target.value)} />
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
      <div className="mt-4 grid gap-2 border-t border-line pt-3">
        <p className="text-t3">Or all events of a whole video or live stream, in their order:</p>
        <div className="flex flex-wrap gap-2">
          <Button needsEngine onClick={() => setView(app.store, { dialog: { kind: "scenario" } })}>
            <Clapperboard aria-hidden="true" size={14} />
            Play a scenario…
          </Button>
          {canPlay && <PlayButtons onPlayed={onClose} />}
        </div>
      </div>
    </Modal>
  );
}
