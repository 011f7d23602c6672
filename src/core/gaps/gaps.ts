import * as z from "zod";
import type { Gap } from "#shared/domain/gap.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { followPath, type GapChange, type OpenGap, type Path, UNKNOWN_PATH } from "./follow-path.ts";

/**
 * What is over sooner is not recorded. api.video sends again what failed, 3 s apart, so that a try that fell into such a
 * blink is followed by one after it; and a single proof that failed for a passing reason would fill the list with alarms.
 */
const MIN_GAP_MS = 2_000;
/** While nothing is proven, it is noted no oftener than this that the app still runs. */
const NOTE_EVERY_MS = 5_000;

export interface GapsDeps {
  readonly clock: Clock;
  readonly log: Log;
  addGap(gap: OpenGap & { readonly to: number | null }): Promise<Gap>;
  endGap(id: string, to: number): Promise<Gap | undefined>;
  /** Newest first. */
  gaps(): Promise<Gap[]>;
  /** The note of the last run, of whatever form; null where there is none. */
  recall(): Promise<unknown>;
  /** Durable when it resolves. */
  remember(note: PathNote | null): Promise<void>;
  /** True where a webhook of ours is at api.video, as far as this computer knows. */
  isWebhookLeft(): Promise<boolean>;
  onChange(gap: Gap): void;
  readonly minGapMs?: number;
}

const PathNote = z.object({
  /** Epoch milliseconds of the last proof of the path. */
  provenAt: z.number().nullable(),
  /** When the app was last seen to run. */
  seenAt: z.number(),
});
/** What a run that ends without warning leaves behind. */
export type PathNote = z.infer<typeof PathNote>;

/** Records durably when the path to our public URL was down. */
export interface Gaps extends AsyncDisposable {
  /** Takes up what the last run left. To be awaited before anything is registered or removed at api.video. */
  start(): Promise<void>;
  /** To be called with every state of the tunnel; before `start` it does nothing. */
  follow(tunnel: TunnelState): void;
  /** For the end of the app, once its webhook was removed: from now on nothing is missed, unless that failed. */
  end(): Promise<void>;
}

export function createGaps(deps: GapsDeps): Gaps {
  const { clock, log } = deps;
  const minGapMs = deps.minGapMs ?? MIN_GAP_MS;
  let path: Path = UNKNOWN_PATH;
  let isFollowing = false;
  /** The gap on disk that lasts. */
  let recorded: Gap | null = null;
  let waiting: NodeJS.Timeout | undefined;
  let notedAt = Number.NEGATIVE_INFINITY;
  let queue: Promise<void> = Promise.resolve();

  /** One write after the other: a gap must be on disk before it can end. */
  function enqueue(write: () => Promise<void>): Promise<void> {
    queue = queue.then(write).catch((error: unknown) => log.error("gaps.not_recorded", error));
    return queue;
  }

  async function record(gap: OpenGap, to: number | null): Promise<void> {
    const added = await deps.addGap({ ...gap, to });
    if (to === null) recorded = added;
    deps.onChange(added);
  }

  async function close(to: number): Promise<void> {
    const ended = recorded && (await deps.endGap(recorded.id, to));
    recorded = null;
    if (ended) deps.onChange(ended);
  }

  function apply(change: GapChange): void {
    const isUnrecorded = waiting !== undefined;
    clearTimeout(waiting);
    waiting = undefined;
    switch (change.kind) {
      case "began": {
        const { gap } = change;
        waiting = setTimeout(
          () => {
            waiting = undefined;
            void enqueue(() => record(gap, null));
          },
          Math.max(0, gap.from + minGapMs - clock.now()),
        ).unref();
        break;
      }
      case "ended":
        if (!isUnrecorded) void enqueue(() => close(change.to));
        break;
      case "was":
        void enqueue(() => record(change.gap, change.to));
    }
  }

  function note(): void {
    const seenAt = clock.now();
    notedAt = seenAt;
    const { provenAt } = path;
    void enqueue(() => deps.remember({ provenAt, seenAt }));
  }

  return {
    async start() {
      const last = PathNote.safeParse(await deps.recall()).data ?? null;
      recorded = (await deps.gaps()).find(({ to }) => to === null) ?? null;
      if (await deps.isWebhookLeft()) {
        if (recorded === null && last?.provenAt != null) await record({ from: last.provenAt, ...NOT_RUNNING }, null);
      } else if (recorded !== null) {
        // Killed in a gap without a webhook: while nothing ran, nothing could be missed.
        await close(Math.max(last?.seenAt ?? 0, Date.parse(recorded.from)));
      }
      path = { provenAt: null, gap: recorded && { ...recorded, from: Date.parse(recorded.from) } };
      isFollowing = true;
    },
    follow(tunnel) {
      if (!isFollowing) return;
      const before = path;
      const followed = followPath(path, tunnel, clock.now());
      path = followed.path;
      if (followed.change !== null) apply(followed.change);
      const isProven = path.provenAt !== before.provenAt;
      if (isProven || (path.gap !== null && clock.now() - notedAt >= NOTE_EVERY_MS)) note();
    },
    async end() {
      if (!isFollowing) return;
      isFollowing = false;
      const isLeft = await deps.isWebhookLeft();
      if (!isLeft && path.gap !== null) apply({ kind: "ended", to: Math.max(clock.now(), path.gap.from) });
      const now = clock.now();
      const worksUntilNow = path.provenAt !== null && path.gap === null;
      await enqueue(() =>
        deps.remember(isLeft ? { provenAt: worksUntilNow ? now : path.provenAt, seenAt: now } : null),
      );
    },
    async [Symbol.asyncDispose]() {
      isFollowing = false;
      clearTimeout(waiting);
      await queue;
    },
  };
}

const NOT_RUNNING = {
  cause: "local",
  message: "The inspector did not run, and its webhook was still registered.",
} as const;
