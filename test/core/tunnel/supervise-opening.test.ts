import { describe, expect, it } from "vitest";
import { IDLE } from "#core/tunnel/supervision.ts";
import {
  A,
  B,
  down,
  following,
  NETWORK,
  next,
  OPEN,
  ok,
  opened,
  openFailed,
  PLAN,
  start,
  timer,
  WAITING,
} from "./supervisor-steps.ts";

describe("a tunnel that opens", () => {
  it("has seventeen seconds for it, then is tried again", () => {
    const opening = following([500, start()]);
    const late = next(opening.state, 17_500, timer("deadline"));

    expect(opening.effects).toEqual([{ kind: "open", epoch: 1 }]);
    expect(opening.state).toMatchObject({ phase: "opening", timers: { deadline: 17_500 } });
    expect(late.effects).toEqual([{ kind: "close", epoch: 1 }]);
    expect(late.state).toMatchObject({
      phase: "reconnecting",
      fault: { kind: "network", message: "The tunnel did not open in time.", retryable: true },
      timers: { retry: 17_750 },
      lostSince: 17_500,
    });
  });

  it("has no deadline any more once it has a URL", () => {
    const { state } = following([0, start()], [1_000, opened()]);

    expect(state.timers).toEqual({ probe: 11_000 });
    expect(next(state, 17_000, timer("deadline"))).toEqual({ state, effects: [] });
    expect(next(OPEN, 17_000, timer("deadline"))).toEqual({ state: OPEN, effects: [] });
  });

  it("counts once, and only as long as it is waited for", () => {
    const { state } = following([0, start()], [1_000, opened()]);

    expect(next(state, 2_000, opened(1, B))).toEqual({ state, effects: [] });
    expect(next(WAITING, 2_000, opened())).toEqual({ state: WAITING, effects: [] });
    expect(next(state, 2_000, opened(7))).toEqual({ state, effects: [{ kind: "close", epoch: 7 }] });
    expect(next(state, 2_000, openFailed(7))).toEqual({ state, effects: [] });
    expect(next(OPEN, 2_000, openFailed())).toEqual({ state: OPEN, effects: [] });
  });

  it("is opened anew when it is asked for anew, with nothing left of what was before", () => {
    const again = next(OPEN, 9_000, start());

    expect(again.effects).toEqual([
      { kind: "close", epoch: 1 },
      { kind: "open", epoch: 2 },
    ]);
    expect(again.state).toEqual({
      ...IDLE,
      ...{ phase: "opening", plan: PLAN, epoch: 2, lastEpoch: 2, timers: { deadline: 26_000 } },
    });
    expect(next(WAITING, 9_000, start()).state).toMatchObject({ failedOpens: 0, lostSince: null, fault: null });
  });

  it("is tried again after a pause that grows, and at once where it was asked for", () => {
    const twice = following([0, start()], [1_000, openFailed()], [1_250, timer("retry")], [2_000, openFailed(2)]);

    expect(WAITING).toMatchObject({ phase: "reconnecting", failedOpens: 1, timers: { retry: 1_250 }, fault: NETWORK });
    expect(twice.state).toMatchObject({ failedOpens: 2, timers: { retry: 2_500 }, lostSince: 1_000 });
    expect(next(WAITING, 1_250, timer("retry")).effects).toEqual([{ kind: "open", epoch: 2 }]);
    expect(next(OPEN, 1_250, timer("retry"))).toEqual({ state: OPEN, effects: [] });
  });

  it.each(["woke", "relay-back"] as const)("is tried at once after %s, unless a pause was asked for", (kind) => {
    const limited = following([0, start()], [1_000, openFailed(1, { ...NETWORK, kind: "rate-limit" })]).state;
    const paused = following([0, start()], [1_000, openFailed(1, { ...NETWORK, retryAfterMs: 5_000 })]).state;

    expect(next(WAITING, 1_100, { kind }).effects).toEqual([{ kind: "open", epoch: 2 }]);
    for (const state of [limited, paused, IDLE]) expect(next(state, 1_100, { kind })).toEqual({ state, effects: [] });
    expect(next(OPEN, 3_000, { kind }).effects).toEqual([{ kind: "probe", epoch: 1, url: A }]);
  });
});

describe("the pause before a tunnel is tried again", () => {
  /** Fails so often, the last time at this time; the first one was at 1 000. */
  function failing(times: number, last: number) {
    let { state } = following([0, start()], [1_000, openFailed()]);
    for (let epoch = 2; epoch <= times; epoch++) {
      const now = epoch === times ? last : 2_000;
      state = next(next(state, now, timer("retry")).state, now, openFailed(epoch)).state;
    }
    return state;
  }

  it("becomes a longer one once the path was lost for five minutes", () => {
    expect(failing(5, 300_999).timers.retry).toBe(300_999 + 1_000);
    expect(failing(5, 301_000).timers.retry).toBe(301_000 + 4_000);
  });

  it("is a minute where the service says that it is too much", () => {
    const limited = following([0, start()], [1_000, openFailed(1, { ...NETWORK, kind: "rate-limit" })]);

    expect(limited.state.timers.retry).toBe(61_000);
  });

  it("counts as the first one only after a tunnel was open", () => {
    expect(following([200_000, start()], [300_000, openFailed()]).state.failedOpens).toBe(1);
  });

  it("is not cut short by the time that the last try had", () => {
    expect(next(WAITING, 1_100, timer("deadline"))).toEqual({ state: WAITING, effects: [] });
  });
});

describe("the name of a tunnel", () => {
  const renamed = (epoch: number) => opened(epoch, A, true);
  const held = following([0, start()], [1_000, renamed(1)]);

  it("is asked for again until the time for it is over, to the millisecond", () => {
    const retried = next(held.state, 65_000, timer("retry")).state;

    expect(held.state).toMatchObject({
      phase: "reconnecting",
      takenSince: 1_000,
      fault: { kind: "name-taken", retryable: true },
    });
    expect(held.state.fault?.message).toContain("asked for again for a minute");
    expect(held.effects).toEqual([{ kind: "close", epoch: 1 }]);
    expect(next(retried, 65_999, renamed(2)).state.phase).toBe("reconnecting");
    expect(next(retried, 66_000, renamed(2)).state).toMatchObject({ phase: "opening", url: A, takenSince: null });
  });

  it("is let go at once where somebody asks for the tunnel again meanwhile", () => {
    const asked = next(held.state, 2_000, start()).state;

    expect(next(asked, 3_000, renamed(2)).state).toMatchObject({ phase: "opening", url: A });
    expect(next(following([0, start()]).state, 3_000, renamed(1)).state.phase).toBe("reconnecting");
  });

  it("is asked for anew with the next break, once it was had", () => {
    const had = following(
      [0, start()],
      [1_000, renamed(1)],
      [1_250, timer("retry")],
      [2_000, opened(2)],
      [3_000, ok(2)],
    );
    const lost = next(had.state, 100_000, down(true, 2)).state;
    const again = next(next(lost, 101_000, timer("retry")).state, 102_000, renamed(3)).state;

    expect(had.state.takenSince).toBeNull();
    expect(again).toMatchObject({ phase: "reconnecting", takenSince: 102_000 });
  });
});
