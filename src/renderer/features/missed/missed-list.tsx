import { FlaskConical } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { MissedEvent } from "#shared/domain/missed-event.ts";
import { useApp } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { formatPlural } from "../../theme/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { missedTitle } from "./missed-words.ts";

/** The events that were missed, each to be simulated: a new event like it, signed with the present secret. */
export function MissedList({ missed, again }: { missed: readonly MissedEvent[]; again: ReactNode }) {
  const app = useApp();
  const [doneIds, setDoneIds] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const left = missed.filter(({ id }) => !doneIds.has(id));

  const simulate = async (events: readonly MissedEvent[]): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      // In their order, as api.video would have begun to send them.
      for (const { id, type, set } of events) {
        await app.client.call("simulator.trigger", { type, set });
        setDoneIds((done) => new Set([...done, id]));
      }
    } catch (failure) {
      setError(toMessage(failure));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-40">
          <b>{formatPlural(missed.length, "event was missed", "events were missed")}.</b> They never arrived; what you
          simulate is a new event like it.
        </p>
        {left.length === 0 ? (
          again
        ) : (
          // Its failure is shown below.
          <Button look="primary" needsEngine disabled={isBusy} onClick={() => void simulate(left)}>
            Simulate all
          </Button>
        )}
      </div>
      {error !== null && (
        <p role="alert" className="text-bad wrap-anywhere">
          {error}
        </p>
      )}
      <p role="status" className="sr-only">
        {doneIds.size > 0 && `${doneIds.size} of ${missed.length} simulated`}
      </p>
      <ul aria-label="Missed events" className="grid divide-y divide-line border-y border-line">
        {missed.map((event) => (
          <li key={event.id} className="flex items-start gap-3 py-2">
            <MissedWords event={event} />
            {doneIds.has(event.id) ? (
              <Badge tone="info" icon={FlaskConical}>
                Simulated
              </Badge>
            ) : (
              <Button
                needsEngine
                disabled={isBusy}
                aria-label={`Simulate ${missedTitle(event)}`}
                onClick={() => void simulate([event])}
              >
                Simulate
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function MissedWords({ event }: { event: MissedEvent }) {
  const { subject, title, reason } = event;
  return (
    <div className="min-w-0 flex-1">
      <p className="text-t1">
        <SafeText text={missedTitle(event)} />
        {title !== undefined && (
          <span className="ml-2 text-t3">
            <SafeText text={title} />
          </span>
        )}
      </p>
      <p className="font-mono text-small text-t3 wrap-anywhere">
        <SafeText text={subject.videoId ?? subject.liveStreamId ?? ""} />
      </p>
      <p className="text-small text-t2 wrap-anywhere">{reason}</p>
    </div>
  );
}
