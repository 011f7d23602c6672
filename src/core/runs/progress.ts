import type { EventPayload } from "#shared/contract/types.ts";
import type { AttemptNotice } from "#shared/domain/attempt.ts";
import type { RunSummary } from "#shared/domain/run.ts";
import type { WrittenResults } from "../lib/stored-run.ts";

/** Attempts come by the thousand a second; nobody reads faster than this. */
const EVERY_MS = 150;
/** Of an event: past events are kept for clients that come back, and thousands of these must not fill the memory. */
export const MAX_TOLD = 50;

/** Tells clients how runs go, in bounded events. */
export interface Progress extends Disposable {
  /** Soon, with others of the same run. */
  wrote(written: WrittenResults): void;
  /** At once, with what was waiting to be told. */
  changed(run: RunSummary): void;
}

export function createProgress(publish: (progress: EventPayload<"run.progressed">) => void): Progress {
  let run: RunSummary | null = null;
  let attempts: AttemptNotice[] = [];
  let hasMore = false;
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    if (run !== null) publish({ run, attempts, hasMore });
    run = null;
    attempts = [];
    hasMore = false;
  }

  return {
    wrote(written) {
      if (run !== null && run.id !== written.run.id) tell();
      run = written.run;
      const all = [...attempts, ...written.attempts];
      hasMore ||= written.hasMore || all.length > MAX_TOLD;
      attempts = all.slice(-MAX_TOLD);
      timer ??= setTimeout(tell, EVERY_MS);
    },
    changed(next) {
      if (run !== null && run.id !== next.id) tell();
      run = next;
      tell();
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
