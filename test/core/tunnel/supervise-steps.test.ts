import { describe, expect, it } from "vitest";
import { supervise } from "#core/tunnel/supervise.ts";
import {
  type Effect,
  IDLE,
  type Plan,
  type ProbeResult,
  type Supervision,
  type SupervisorEvent,
} from "#core/tunnel/supervision.ts";
import type { TunnelFault } from "#shared/domain/tunnel.ts";

const PLAN: Plan = { isFixed: false, mendsItself: false, probeEveryMs: 45_000, nameGraceMs: 65_000 };
const SWAPPED: Plan = { ...PLAN, maxSessionMs: 3_600_000 };
const A = "https://a.example";
const B = "https://b.example";
const NETWORK: TunnelFault = { kind: "network", message: "gone", retryable: true };
const AUTH: TunnelFault = { kind: "auth", message: "wrong token", retryable: false };

const start = (plan = PLAN): SupervisorEvent => ({ kind: "start", plan });
const opened = (epoch = 1, url = A, isRenamed = false): SupervisorEvent => ({ kind: "opened", epoch, url, isRenamed });
const openFailed = (epoch = 1, fault = NETWORK): SupervisorEvent => ({ kind: "open-failed", epoch, fault });
const down = (isFinal: boolean, epoch = 1, fault = NETWORK): SupervisorEvent => ({
  kind: "down",
  epoch,
  fault,
  isFinal,
});
const ok = (epoch = 1, url = A): SupervisorEvent => ({ kind: "probed", epoch, url, result: { kind: "ok", ms: 12 } });
const timer = (name: keyof Supervision["timers"]): SupervisorEvent => ({ kind: "timer", timer: name });
const failed = (
  at: Extract<ProbeResult, { at: string }>["at"] = "relay",
  fault = NETWORK,
  epoch = 1,
  url = A,
): SupervisorEvent => ({
  kind: "probed",
  epoch,
  url,
  result: { kind: "failed", at, fault },
});

/** The state after these events, each at the time that stands before it, and what the last one asked for. */
function following(...steps: readonly (readonly [number, SupervisorEvent])[]): {
  state: Supervision;
  effects: readonly Effect[];
} {
  let last: { state: Supervision; effects: readonly Effect[] } = { state: IDLE, effects: [] };
  for (const [now, event] of steps) last = supervise(last.state, event, { now, random: 0.5 });
  return last;
}

function next(state: Supervision, now: number, event: SupervisorEvent, random = 0.5) {
  return supervise(state, event, { now, random });
}

const OPEN = following([0, start()], [1_000, opened()], [2_000, ok()]).state;
const WAITING = following([0, start()], [1_000, openFailed()]).state;

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

describe("a tunnel that is open", () => {
  it("is proven again at a time that is spread by a fifth", () => {
    const probing = following([0, start()], [1_000, opened()]).state;

    expect(OPEN).toMatchObject({ phase: "open", openSince: 2_000, provenAt: 2_000, provenMs: 12, isProbing: false });
    expect(OPEN.timers).toEqual({ probe: 47_000 });
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

describe("a proof that fails", () => {
  /** When it is looked at again after each of so many failures, and the state after the last. */
  function failures(plan: Plan, count: number, at: "listener" | "relay" | "gate", fault = NETWORK) {
    let { state } = following([0, start(plan)], [1_000, opened()], [2_000, ok()]);
    let effects: readonly Effect[] = [];
    const waits: number[] = [];
    for (let n = 0; n < count; n++) {
      const probing = next(state, 10_000, timer("probe")).state;
      ({ state, effects } = next(probing, 10_000, failed(at, fault)));
      waits.push((state.timers.probe ?? Number.NaN) - 10_000);
    }
    return { state, effects, waits };
  }

  it("is repeated soon, and the third one loses the tunnel", () => {
    expect(failures(PLAN, 2, "relay")).toMatchObject({
      waits: [500, 1_000],
      state: { phase: "degraded", failedProbes: 2 },
    });
    expect(failures(PLAN, 3, "relay")).toMatchObject({
      state: { phase: "reconnecting" },
      effects: [{ kind: "close", epoch: 1 }],
    });
  });

  it("gives a provider that mends itself half a minute", () => {
    const plan = { ...PLAN, mendsItself: true };

    expect(failures(plan, 14, "relay").waits).toEqual([500, 1_000, ...Array(12).fill(2_000)]);
    expect(failures(plan, 14, "relay").state.phase).toBe("degraded");
    expect(failures(plan, 15, "relay").state.phase).toBe("reconnecting");
  });

  it("is repeated less and less often where opening anew cannot help", () => {
    const waits = [500, 2_000, 8_000, 16_000, 32_000, 45_000, 45_000];

    expect(failures(PLAN, 7, "gate")).toMatchObject({ waits, state: { phase: "degraded", url: A } });
    expect(failures({ ...PLAN, isFixed: true }, 7, "relay")).toMatchObject({ waits, state: { phase: "degraded" } });
    expect(failures({ ...PLAN, probeEveryMs: 10 ** 9 }, 14, "gate").waits.slice(10)).toEqual(Array(4).fill(2_048_000));
  });

  it("has the listener start anew where that is at fault, with five seconds for it", () => {
    expect(failures(PLAN, 4, "listener")).toMatchObject({
      ...{ waits: Array(4).fill(5_000), effects: [{ kind: "restart-listener" }] },
      state: { phase: "degraded", failedProbes: 0, lostSince: 10_000 },
    });
  });

  it("waits for as long as it is asked to, if that is longer", () => {
    expect(failures(PLAN, 1, "relay", { ...NETWORK, retryAfterMs: 7_000 }).waits).toEqual([7_000]);
    expect(failures(PLAN, 1, "relay", { ...NETWORK, retryAfterMs: 100 }).waits).toEqual([500]);
  });

  it("leaves a tunnel opening that was never proven, unless a new one would not help", () => {
    const opening = following([0, start()], [1_000, opened()]).state;

    expect(next(opening, 2_000, failed()).state).toMatchObject({
      phase: "opening",
      url: A,
      lostSince: 2_000,
      timers: { probe: 2_500 },
    });
    for (const where of ["gate", "listener"] as const) {
      expect(next(opening, 2_000, failed(where)).state).toMatchObject({ phase: "degraded", url: A });
    }
  });
});

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
