import { describe, expect, it } from "vitest";
import { IDLE } from "#core/tunnel/supervision.ts";
import {
  A,
  AUTH,
  B,
  down,
  failed,
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

describe("a tunnel that is open", () => {
  it("is proven again at a time that is spread by a fifth", () => {
    const probing = following([0, start()], [1_000, opened()]).state;

    expect(OPEN).toMatchObject({ phase: "open", openSince: 2_000, provenAt: 2_000, provenMs: 12, isProbing: false });
    expect(OPEN.timers).toStrictEqual({ probe: 47_000 });
    expect(next(probing, 2_000, ok(), 0).state.timers).toEqual({ probe: 2_000 + 36_000 });
    expect(next(probing, 2_000, ok(), 1).state.timers).toEqual({ probe: expect.closeTo(56_000, 3) });
  });

  it("is proven by one request at a time, and one without any answer counts as failed", () => {
    const probing = next(OPEN, 47_000, timer("probe"));
    const silent = next(probing.state, 57_000, timer("probe"));

    expect(probing.effects).toEqual([{ kind: "probe", epoch: 1, url: A }]);
    expect(probing.state).toMatchObject({ isProbing: true, timers: { probe: 57_000 } });
    expect(next(probing.state, 48_000, { kind: "woke" })).toEqual({ state: probing.state, effects: [] });
    expect(silent.state).toMatchObject({
      ...{ phase: "degraded", isProbing: false, failedProbes: 1, lostSince: 57_000, timers: { probe: 57_500 } },
      fault: { kind: "network", message: expect.stringContaining("no answer at all"), retryable: true },
    });
  });

  it("hears nothing of other sessions and other URLs", () => {
    const probing = next(OPEN, 47_000, timer("probe")).state;
    const strange = [ok(2), ok(1, B), failed("relay", NETWORK, 2), failed("relay", NETWORK, 1, B), down(true, 2)];

    for (const event of [...strange, { kind: "up", epoch: 2, url: B } as const]) {
      expect(next(probing, 48_000, event)).toEqual({ state: probing, effects: [] });
    }
    const opening = following([0, start()]).state;
    for (const event of [down(true), down(false), ok(), { kind: "up", epoch: 1, url: A } as const, timer("expiry")]) {
      expect(next(opening, 1_000, event)).toEqual({ state: opening, effects: [] });
    }
  });

  it("is doubted at a hint, and lost or ended by a break", () => {
    const doubted = next(OPEN, 10_000, down(false));
    const twice = next({ ...doubted.state, isProbing: false }, 11_000, down(false));

    expect(doubted.state).toMatchObject({ phase: "degraded", url: A, fault: NETWORK, lostSince: 10_000 });
    expect(doubted.effects).toEqual([{ kind: "probe", epoch: 1, url: A }]);
    expect(twice.state).toMatchObject({ phase: "degraded", lostSince: 10_000 });
    expect(next(OPEN, 10_000, down(true))).toMatchObject({
      state: { phase: "reconnecting", url: null, openSince: null, lostSince: 10_000, timers: { retry: 10_250 } },
      effects: [{ kind: "close", epoch: 1 }],
    });
    expect(next(OPEN, 10_000, down(true, 1, AUTH))).toEqual({
      state: { ...IDLE, phase: "closed", plan: PLAN, epoch: 1, lastEpoch: 1, fault: AUTH },
      effects: [{ kind: "close", epoch: 1 }],
    });
    const opening = following([0, start()], [1_000, opened()]).state;
    expect(next(opening, 2_000, down(false)).state).toMatchObject({
      phase: "opening",
      fault: NETWORK,
      lostSince: null,
    });
  });

  it("is looked at once its program says that it mended itself", () => {
    const mended = next(OPEN, 10_000, { kind: "up", epoch: 1, url: A });

    expect(mended.state.phase).toBe("open");
    expect(mended.effects).toEqual([{ kind: "probe", epoch: 1, url: A }]);
  });

  it("has to be proven like the first where it is at another URL since", () => {
    const probing = next(OPEN, 47_000, timer("probe")).state;
    const moved = next(probing, 48_000, { kind: "up", epoch: 1, url: B });

    expect(moved.effects).toEqual([{ kind: "probe", epoch: 1, url: B }]);
    expect(moved.state).toMatchObject({ phase: "opening", epoch: 1, url: B, isProbing: true, plan: PLAN });
    expect(next(moved.state, 49_000, ok(1, B)).state).toMatchObject({ phase: "open", url: B });
  });

  it("is not being proven any more once it is lost", () => {
    const probing = next(OPEN, 47_000, timer("probe")).state;

    expect(next(probing, 48_000, down(true)).state).toMatchObject({ isProbing: false, failedProbes: 0 });
  });

  it("is proven by what comes through, open or in doubt, but not before its own first proof", () => {
    const doubted = next(OPEN, 10_000, down(false)).state;
    const opening = following([0, start()], [1_000, opened()]).state;

    expect(next(doubted, 11_000, { kind: "traffic" }).state).toMatchObject({
      phase: "open",
      fault: null,
      lostSince: null,
      provenMs: null,
    });
    expect(next(opening, 2_000, { kind: "traffic" })).toEqual({ state: opening, effects: [] });
    expect(next(WAITING, 2_000, { kind: "traffic" })).toEqual({ state: WAITING, effects: [] });
  });

  it("is stable after two minutes: a break after them counts as the first", () => {
    const shaky = following(
      ...([
        [0, start()],
        [1_000, openFailed()],
        [1_250, timer("retry")],
        [2_000, openFailed(2)],
      ] as const),
      ...([
        [2_500, timer("retry")],
        [3_000, opened(3)],
        [4_000, ok(3)],
      ] as const),
    ).state;
    const traffic = { kind: "traffic" } as const;

    expect(shaky.failedOpens).toBe(2);
    expect(next(shaky, 123_999, traffic).state.failedOpens).toBe(2);
    expect(next(shaky, 124_000, traffic).state.failedOpens).toBe(0);
    expect(next(shaky, 123_999, down(true, 3)).state).toMatchObject({ failedOpens: 3, timers: { retry: 124_999 } });
    expect(next(shaky, 124_000, down(true, 3)).state).toMatchObject({ failedOpens: 0, timers: { retry: 124_250 } });
  });

  it("ends for good when it is no longer wanted", () => {
    expect(next(OPEN, 9_000, { kind: "stop" })).toEqual({
      state: { ...IDLE, phase: "closed", plan: PLAN, epoch: 1, lastEpoch: 1 },
      effects: [{ kind: "close", epoch: 1 }],
    });
    expect(next(IDLE, 9_000, { kind: "stop" })).toEqual({ state: IDLE, effects: [] });
    expect(next(WAITING, 9_000, { kind: "stop" }).effects).toEqual([]);
    expect(next(following([0, start()]).state, 9_000, { kind: "stop" }).effects).toEqual([{ kind: "close", epoch: 1 }]);
  });
});
