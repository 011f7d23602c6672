import { Pause, Play } from "lucide-react";
import { PAUSE_ACTION } from "../../actions/pause-action.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { togglePause } from "../../state/pause.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { useActionKey } from "../common/action-key.tsx";

/** Stops the list, or lets it go on; always at the same place. */
export function PauseButton() {
  const app = useApp();
  const isPaused = useAppState(({ mirror }) => mirror?.list.paused !== undefined);
  const { words, aria } = useActionKey(PAUSE_ACTION.id);
  const label = isPaused ? "Go on" : "Pause the list";
  return (
    <IconButton
      label={words === undefined ? label : `${label} (${words})`}
      aria-keyshortcuts={aria}
      onClick={() => togglePause(app)}
    >
      {isPaused ? <Play aria-hidden="true" size={14} /> : <Pause aria-hidden="true" size={14} />}
    </IconButton>
  );
}

/** Above a list that stands still: what waits, and that nothing is lost. */
export function PausedNotice() {
  const app = useApp();
  const arrived = useAppState(({ mirror }) => mirror?.list.paused?.arrived);
  const { aria } = useActionKey(PAUSE_ACTION.id);
  if (arrived === undefined) return null;
  const waiting = `${formatPlural(arrived, "new delivery waits", "new deliveries wait")}.`;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-info-s px-3 py-1.5">
      <Pause aria-hidden="true" size={15} className="flex-none text-info" />
      <p className="min-w-0 flex-1 basis-40 text-t1">
        <b>{arrived === 0 ? "Paused." : `Paused: ${waiting}`}</b>{" "}
        <span className="list-pane-small:sr-only">Deliveries are received and forwarded as ever.</span>
      </p>
      <Button aria-keyshortcuts={aria} onClick={() => togglePause(app)}>
        {arrived === 0 ? "Go on" : `Show ${arrived === 1 ? "it" : "them"}`}
      </Button>
      {/* Only that it stands still: each number of those that wait would be too much to listen to. */}
      <p role="status" className="sr-only">
        The list is paused.
      </p>
    </div>
  );
}
