import type { ReactNode } from "react";
import type { Gap } from "#shared/domain/gap.ts";
import type { Reconciliation } from "#shared/domain/missed-event.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { MissedSearch } from "../../state/app-state.ts";
import { setView } from "../../state/store.ts";
import { formatRowTime } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Notice } from "../../ui/notice.tsx";
import { gapTitle } from "../common/gap-words.ts";
import { MissedList } from "./missed-list.tsx";
import { checkedWords } from "./missed-words.ts";

/** What api.video says must have been sent in a gap, beside what was captured. */
export function MissedDialog({ gap, onClose }: { gap: Gap; onClose: () => void }) {
  const search = useAppState((state) => state.missed);
  return (
    <Modal title="What did I miss?" description={describe(gap)} onClose={onClose}>
      <div className="grid gap-3">
        <Found search={search} gap={gap} onClose={onClose} />
      </div>
    </Modal>
  );
}

function Found({ search, gap, onClose }: { search: MissedSearch; gap: Gap; onClose: () => void }) {
  const app = useApp();
  const again = (
    <Button needsEngine onClick={() => app.attempt(() => app.missed.search(gap))}>
      Check again
    </Button>
  );
  switch (search.kind) {
    case "none":
      return null;
    case "running":
      return <Progress {...search} />;
    case "failed": {
      const openSettings = (): void => {
        onClose();
        setView(app.store, { area: "settings" });
      };
      const needsKey = search.code === "api.key_missing" || search.code === "api.unauthorized";
      return (
        <Notice tone="bad" action={needsKey ? <Button onClick={openSettings}>Enter a key</Button> : again}>
          <b>api.video could not be asked.</b> {search.message}
        </Notice>
      );
    }
    case "ready": {
      const { missed, notes, isComplete } = search.value;
      return (
        <>
          {notes.map((note) => (
            <Notice key={note} tone={isComplete ? "info" : "warn"}>
              {note}
            </Notice>
          ))}
          {missed.length === 0 ? (
            <NothingMissed found={search.value} again={again} />
          ) : (
            <MissedList key={missed.map(({ id }) => id).join()} missed={missed} again={again} />
          )}
          <p className="text-small text-t3">
            Captions, summaries, and broadcasts that began and ended within the gap leave no trace to compare with.
          </p>
        </>
      );
    }
  }
}

/** Without anything to compare with, that nothing is missing is not known. */
function NothingMissed({ found, again }: { found: Reconciliation; again: ReactNode }) {
  if (found.checkedVideos + found.checkedLiveStreams === 0) {
    return (
      <Notice tone="info" action={again}>
        <b>There was nothing to compare with.</b> api.video tells of no video and no live stream in this time. Whether
        an event was missed cannot be said.
      </Notice>
    );
  }
  return (
    <Notice tone={found.isComplete ? "ok" : "info"} action={again}>
      <b>{found.isComplete ? "Nothing is missing:" : "Nothing is missing of what was checked:"}</b>{" "}
      {checkedWords(found)}
    </Notice>
  );
}

function Progress({ checkedVideos, totalVideos }: { checkedVideos: number; totalVideos: number | null }) {
  const app = useApp();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <progress
        aria-label="Videos checked"
        max={totalVideos ?? undefined}
        value={totalVideos === null ? undefined : checkedVideos}
        className="h-2 min-w-0 flex-1 accent-accent"
      />
      <p role="status" className="text-t3 tabular-nums">
        {totalVideos === null ? "Asking api.video for videos" : `${checkedVideos} of ${totalVideos} videos checked`}
      </p>
      <Button needsEngine onClick={() => app.attempt(app.missed.stop)}>
        Stop
      </Button>
    </div>
  );
}

/** With the cause in full: the row had not room for all of it. */
function describe(gap: Gap): string {
  const now = new Date();
  const when = gap.to === null ? "" : `, from ${formatRowTime(gap.from, now)} to ${formatRowTime(gap.to, now)}`;
  const compared = "This compares what api.video says of your videos and live streams with the deliveries kept here.";
  return `${gapTitle(gap, now)}${when}. ${gap.message} ${compared}`;
}
