import { useAppState } from "../../app-context.ts";
import { Notice } from "../../ui/notice.tsx";
import { RunDetail } from "./run-detail.tsx";
import { RunList } from "./run-list.tsx";

/** Replays of many deliveries: all of them, or one with what came of it. */
export function ReplaysArea() {
  const list = useAppState(({ runs }) => runs.list);
  const runId = useAppState(({ view }) => view.runId);
  return (
    <main
      data-region="replays"
      tabIndex={-1}
      aria-label="Replays"
      className="min-h-0 min-w-0 flex-1 overflow-auto bg-s1 p-4 focus-visible:-outline-offset-2 sm:p-6"
    >
      <div className="mx-auto grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-4">
        {list.kind === "loading" && (
          <p role="status" className="appear-late text-t3">
            Loading the runs
          </p>
        )}
        {list.kind === "failed" && (
          <Notice tone="bad">
            <b>The runs cannot be listed.</b> {list.message}
          </Notice>
        )}
        {list.kind === "ready" && runId === null && <RunList runs={list.value} />}
        {list.kind === "ready" && runId !== null && <RunDetail key={runId} runs={list.value} id={runId} />}
      </div>
    </main>
  );
}
