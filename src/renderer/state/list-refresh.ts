/** A pause in typing, or a while after an arrival, after which a filtered list is asked for again. */
const SETTLE_MS = 150;
/** Under a stream of arrivals, a search that takes long is made the more seldom. */
const PAUSE_SHARE = 4;

/** Decides when a list is asked for again. */
export interface Refresher {
  /** Soon; a burst of calls costs one refresh, and a steady stream of them does not put it off. */
  soon(): void;
  /** Once there were no more calls for a moment. */
  afterPause(): void;
  /** At once; settled when it is done. */
  now(): Promise<void>;
  stop(): void;
}

/** `refresh` answers false where something overtook it, so that it has to be made again. */
export function createRefresher(refresh: () => Promise<boolean>): Refresher {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let runs = 0;
  let isUnderWay = false;
  /** Something changed while a refresh was under way. */
  let isStale = false;
  /** How long the last one took. */
  let tookMs = 0;

  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  const run = async (): Promise<void> => {
    cancel();
    runs += 1;
    const mine = runs;
    const started = performance.now();
    isUnderWay = true;
    isStale = false;
    const isDone = await refresh();
    if (mine !== runs) return;
    isUnderWay = false;
    tookMs = performance.now() - started;
    if (isStale || !isDone) soon();
  };

  const soon = (): void => {
    // While one is under way, the next waits for its end: otherwise each would be overtaken, and none be shown.
    isStale = isUnderWay;
    if (!isUnderWay) timer ??= setTimeout(() => void run(), Math.max(SETTLE_MS, PAUSE_SHARE * tookMs));
  };

  return {
    soon,
    afterPause() {
      cancel();
      timer = setTimeout(() => void run(), SETTLE_MS);
    },
    now: run,
    stop() {
      cancel();
      runs += 1;
    },
  };
}
