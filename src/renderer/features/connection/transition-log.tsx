import type { TunnelTransition } from "#shared/domain/tunnel.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatTime } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";

/** What happened to the tunnel so far, newest first, to read and to copy. */
export function TransitionLog() {
  const app = useApp();
  const transitions = useAppState((state) => state.transitions);
  if (transitions.kind === "failed") return <p className="text-t3">{transitions.message}</p>;
  if (transitions.kind !== "ready" || transitions.value.length === 0) return <p className="text-t3">Nothing yet.</p>;
  const { value } = transitions;
  // Two of the same phase may fall into the same millisecond.
  const entries = value.map((entry, index) => ({ ...entry, key: `${entry.at} ${index}` })).toReversed();
  const copy = (): void =>
    app.attempt(async () => {
      await app.shell.copyText(value.map(toLine).join("\n"));
      app.toast("The log is copied.");
    });
  return (
    <div className="grid gap-3">
      <ol className="grid max-h-72 gap-1 overflow-auto">
        {entries.map(({ key, ...transition }) => (
          <li key={key} className="grid grid-cols-[auto_92px_minmax(0,1fr)] gap-x-3 max-sm:grid-cols-1">
            <time dateTime={transition.at} className="font-mono text-code text-t3">
              {formatTime(transition.at)}
            </time>
            <span className="text-t1">{transition.phase}</span>
            <span className="wrap-anywhere">{transition.message}</span>
          </li>
        ))}
      </ol>
      {app.shell.capabilities.copyText && (
        <Button className="justify-self-start" onClick={copy}>
          Copy the log
        </Button>
      )}
    </div>
  );
}

function toLine({ at, phase, message }: TunnelTransition): string {
  return `${at} ${phase} ${message}`;
}
