import { describe, expect, it } from "vitest";
import type { Effect, Plan } from "#core/tunnel/supervision.ts";
import { A, failed, following, NETWORK, next, ok, opened, PLAN, start, timer } from "./supervisor-steps.ts";

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
      effects: [],
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
