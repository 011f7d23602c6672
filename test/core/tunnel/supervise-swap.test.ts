import { describe, expect, it } from "vitest";
import {
  A,
  AUTH,
  B,
  down,
  failed,
  following,
  NETWORK,
  next,
  ok,
  opened,
  openFailed,
  SWAPPED,
  start,
  timer,
} from "./supervisor-steps.ts";

describe("a session that its service will end", () => {
  const open = following([0, start(SWAPPED)], [1_000, opened()], [2_000, ok()]).state;
  const due = 2_000 + 3_540_000;
  const preparing = next(open, due, timer("expiry"));
  const ready = next(preparing.state, due + 1_000, opened(2, B));
  const swapped = next(ready.state, due + 2_000, ok(2, B));

  it("gets a follower a minute before, and others as long as that comes to nothing", () => {
    const again = next(preparing.state, due + 27_000, timer("expiry"));

    expect(open.timers.expiry).toBe(due);
    expect(next(open, 3_000, { kind: "traffic" }).state.timers.expiry).toBe(due);
    expect(preparing.effects).toEqual([{ kind: "open", epoch: 2 }]);
    expect(preparing.state).toMatchObject({ phase: "open", epoch: 1, next: { epoch: 2, url: null }, lastEpoch: 2 });
    expect(preparing.state.timers).toEqual({ probe: open.timers.probe, expiry: due + 27_000 });
    expect(again.effects).toEqual([
      { kind: "close", epoch: 2 },
      { kind: "open", epoch: 3 },
    ]);
  });

  it("is followed once that is proven, and kept for half a minute", () => {
    expect(ready.effects).toEqual([{ kind: "probe", epoch: 2, url: B }]);
    expect(ready.state).toMatchObject({ epoch: 1, url: A, next: { epoch: 2, url: B } });
    expect(swapped.effects).toEqual([]);
    expect(swapped.state).toMatchObject({
      ...{ phase: "open", epoch: 2, url: B, next: null, previous: 1, openSince: due + 2_000, isProbing: false },
      timers: { probe: due + 47_000, previous: due + 32_000, expiry: due + 2_000 + 3_540_000 },
    });
    expect(next(swapped.state, due + 3_000, { kind: "traffic" }).state.timers.previous).toBe(due + 32_000);
  });

  it("goes once nothing is sent to it any more, or the one after it is followed as well", () => {
    const gone = next(swapped.state, due + 32_000, timer("previous"));
    const further = next(swapped.state, due + 10_000, timer("expiry")).state;
    const third = next(next(further, due + 11_000, opened(3, A)).state, due + 12_000, ok(3, A));

    expect(gone.effects).toEqual([{ kind: "close", epoch: 1 }]);
    expect(gone.state).toMatchObject({ epoch: 2, previous: null });
    expect(gone.state.timers.previous).toBeUndefined();
    expect(next(gone.state, due + 33_000, timer("previous"))).toEqual({ state: gone.state, effects: [] });
    expect(third.effects).toEqual([{ kind: "close", epoch: 1 }]);
    expect(third.state).toMatchObject({ epoch: 3, previous: 2 });
  });

  it("stands where its follower cannot be opened, breaks off, or is not proven", () => {
    for (const event of [openFailed(2, AUTH), down(true, 2), failed("relay", NETWORK, 2, B)]) {
      const dropped = next(ready.state, due + 5_000, event);

      expect(dropped.effects).toEqual([{ kind: "close", epoch: 2 }]);
      expect(dropped.state).toMatchObject({ phase: "open", epoch: 1, url: A, next: null, fault: null });
      expect(dropped.state.timers).toEqual({ probe: open.timers.probe, expiry: due + 15_000 });
    }
    expect(next(ready.state, due + 5_000, down(false, 2))).toEqual({ state: ready.state, effects: [] });
    expect(next(preparing.state, due + 5_000, ok(2, B))).toEqual({ state: preparing.state, effects: [] });
  });

  it("takes its follower and the one before with it when the path is lost", () => {
    const all = next(swapped.state, due + 10_000, timer("expiry")).state;
    const closed = [2, 3, 1].map((epoch) => ({ kind: "close", epoch }));

    expect(next(all, due + 11_000, down(true, 2))).toMatchObject({
      effects: closed,
      state: { next: null, previous: null },
    });
    expect(next(all, due + 11_000, { kind: "stop" }).effects).toEqual(closed);
    expect(next(all, due + 11_000, start()).effects).toEqual([...closed, { kind: "open", epoch: 4 }]);
  });
});
