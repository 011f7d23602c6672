import { PROBE_BACKSTOP_MS, proven } from "./prove.ts";
import { OPEN_DEADLINE_MS } from "./reopen.ts";
import { type Circumstances, type Effect, type Step, type Supervision, stay } from "./supervision.ts";

const SWAP_RETRY_MS = 10_000;
/** Time for the webhook to move to the new URL; until then api.video sends to the old one. */
const PREVIOUS_MS = 30_000;

/** A session that the provider will end gets a follower while it still works. */
export function prepareSwap(state: Supervision, { now }: Circumstances): Step {
  const epoch = state.lastEpoch + 1;
  const stale: Effect[] = state.next === null ? [] : [{ kind: "close", epoch: state.next.epoch }];
  return {
    state: {
      ...state,
      lastEpoch: epoch,
      next: { epoch, url: null },
      // Whatever becomes of this one, another is tried after that.
      timers: { ...state.timers, expiry: now + OPEN_DEADLINE_MS + PROBE_BACKSTOP_MS },
    },
    effects: [...stale, { kind: "open", epoch }],
  };
}

/** The follower is proven: from now on it is the session, and the old one goes a little later. */
export function swap(state: Supervision, ms: number, at: Circumstances): Step {
  if (state.next === null || state.next.url === null) return stay(state);
  const { epoch, url } = state.next;
  const timers = { previous: at.now + PREVIOUS_MS };
  const followed = {
    ...state,
    epoch,
    url,
    isProbing: false,
    openSince: null,
    next: null,
    previous: state.epoch,
    timers,
  };
  return { state: proven(followed, ms, at).state, effects: dropPrevious(state).effects };
}

/** This follower came to nothing; the session it was to follow still stands. */
export function dropNext(state: Supervision, { now }: Circumstances): Step {
  if (state.next === null) return stay(state);
  return {
    state: { ...state, next: null, timers: { ...state.timers, expiry: now + SWAP_RETRY_MS } },
    effects: [{ kind: "close", epoch: state.next.epoch }],
  };
}

/** Nothing is sent to the URL of the session before any more. */
export function dropPrevious(state: Supervision): Step {
  if (state.previous === null) return stay(state);
  return { state: { ...state, previous: null }, effects: [{ kind: "close", epoch: state.previous }] };
}
