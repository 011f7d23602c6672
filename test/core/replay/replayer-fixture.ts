import { createClock } from "#core/lib/clock.ts";
import { createReplayer, type Replayer, type ReplayerDeps } from "#core/replay/replayer.ts";
import { createSender, type SenderDeps, type StoredRequest } from "#core/replay/sender.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import { silentLog } from "../../helpers/silent-log.ts";

export interface ReplayerFixture extends AsyncDisposable {
  readonly replayer: Replayer;
  /** What was stored, in that order. */
  readonly recorded: readonly Attempt[];
  /** What was told to `onAttempt`. */
  readonly told: readonly Attempt[];
  /** The codes told to `onForwardProblem`, null where the problem went. */
  readonly problems: readonly (string | null)[];
  readonly log: ReturnType<typeof silentLog>;
}

/** A replayer over deliveries in memory. Where nothing is said of a delivery, it is a POST of `{}` to `/`. */
export function replayerFixture(
  deliveries: Readonly<Record<string, Partial<StoredRequest>>> = { d1: {} },
  deps: Partial<ReplayerDeps & SenderDeps> = {},
): ReplayerFixture {
  const recorded: Attempt[] = [];
  const told: Attempt[] = [];
  const problems: (string | null)[] = [];
  const log = silentLog();
  const sender = createSender({ clock: createClock(), allowedTargets: () => [], timeoutMs: 15_000, ...deps });
  const replayer = createReplayer({
    sender,
    log,
    async load(id) {
      const delivery = deliveries[id];
      return delivery && { method: "POST", path: "/", headers: [], body: Buffer.from("{}"), ...delivery };
    },
    async record(ended) {
      const attempt = { ...ended, id: `a${recorded.length + 1}`, startedAt: new Date(ended.startedAt).toISOString() };
      recorded.push(attempt);
      return attempt;
    },
    defaultTarget: () => null,
    onAttempt: (attempt) => void told.push(attempt),
    onForwardProblem: (problem) => void problems.push(problem?.code ?? null),
    ...deps,
  });
  return {
    replayer,
    recorded,
    told,
    problems,
    log,
    async [Symbol.asyncDispose]() {
      await replayer[Symbol.asyncDispose]();
      await sender[Symbol.asyncDispose]();
    },
  };
}
