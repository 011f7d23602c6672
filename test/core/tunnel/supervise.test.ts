import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { supervise } from "#core/tunnel/supervise.ts";
import { IDLE, type Plan, type ProbeResult, type Supervision, type SupervisorEvent } from "#core/tunnel/supervision.ts";
import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { times } from "../../helpers/fuzz.ts";
import { createWorld, type Move, type World } from "./supervisor-world.ts";

const NAME_GRACE_MS = 65_000;
const PLAN: Plan = { isFixed: false, mendsItself: false, probeEveryMs: 45_000, nameGraceMs: NAME_GRACE_MS };
const NETWORK: TunnelFault = { kind: "network", message: "gone", retryable: true };
const RELAY_DOWN: ProbeResult = { kind: "failed", at: "relay", fault: NETWORK };

/** Sends events one after the other, `random` always 0.5, a second between them. */
function given(...events: SupervisorEvent[]): Supervision {
  let now = 1_000;
  return events.reduce<Supervision>((state, event) => {
    now += 1_000;
    return supervise(state, event, { now, random: 0.5 }).state;
  }, IDLE);
}

const START: SupervisorEvent = { kind: "start", plan: PLAN };
const OPENED: SupervisorEvent = { kind: "opened", epoch: 1, url: "https://a.example", isRenamed: false };
const probed = (result: ProbeResult, epoch = 1, url = "https://a.example"): SupervisorEvent => ({
  kind: "probed",
  epoch,
  url,
  result,
});
const OK: ProbeResult = { kind: "ok", ms: 12 };

describe("the supervisor of the tunnel", () => {
  it("calls a tunnel open only once a request of ours has come back through it", () => {
    expect(given(START, OPENED).phase).toBe("opening");
    expect(given(START, OPENED, probed(OK))).toMatchObject({ phase: "open", url: "https://a.example", provenMs: 12 });
  });

  it("doubts an open tunnel after one failed proof and opens a new one after the third", () => {
    const open = [START, OPENED, probed(OK)];

    const once = given(...open, { kind: "timer", timer: "probe" }, probed(RELAY_DOWN));
    const thrice = given(
      ...open,
      ...[1, 2, 3].flatMap(() => [{ kind: "timer", timer: "probe" } as const, probed(RELAY_DOWN)]),
    );

    expect(once).toMatchObject({ phase: "degraded", url: "https://a.example" });
    expect(thrice).toMatchObject({ phase: "reconnecting", url: null, fault: NETWORK });
  });

  it("starts the listener anew, and keeps the tunnel, where the fault is on our side of it", () => {
    const open = given(START, OPENED, probed(OK), { kind: "timer", timer: "probe" });

    const ours: ProbeResult = {
      kind: "failed",
      at: "listener",
      fault: { kind: "local", message: "x", retryable: true },
    };
    const step = supervise(open, probed(ours), { now: 9_000, random: 0.5 });

    expect(step.state).toMatchObject({ phase: "degraded", url: "https://a.example", failedProbes: 0 });
    expect(step.effects).toEqual([{ kind: "restart-listener" }]);
  });

  it("keeps its session behind a page of the relay: a new one would have the same page", () => {
    const page: ProbeResult = {
      kind: "failed",
      at: "gate",
      fault: { kind: "relay", message: "page", retryable: true },
    };
    const rounds = Array.from({ length: 9 }, () => [{ kind: "timer", timer: "probe" } as const, probed(page)]).flat();

    expect(given(START, OPENED, probed(OK), ...rounds)).toMatchObject({ phase: "degraded", url: "https://a.example" });
  });

  it("opens no tunnel again that somebody has to mend first", () => {
    const fault: TunnelFault = { kind: "auth", message: "wrong token", retryable: false };

    expect(given(START, { kind: "open-failed", epoch: 1, fault })).toMatchObject({
      phase: "closed",
      fault,
      timers: {},
    });
  });

  it("waits as long as the provider asks for, also when the computer wakes up meanwhile", () => {
    const fault: TunnelFault = { kind: "rate-limit", message: "slow down", retryable: true, retryAfterMs: 90_000 };
    const waiting = given(START, { kind: "open-failed", epoch: 1, fault });

    const woken = supervise(waiting, { kind: "woke" }, { now: 4_000, random: 0 });

    expect(waiting.timers.retry).toBe(3_000 + 90_000);
    expect(woken).toEqual({ state: waiting, effects: [] });
  });

  it("waits for its name for a minute before it takes another URL", () => {
    const renamed = (epoch: number): SupervisorEvent => ({ ...OPENED, epoch, isRenamed: true });
    const waiting = given(START, renamed(1));
    const reopened = supervise(waiting, { kind: "timer", timer: "retry" }, { now: 2_000 + NAME_GRACE_MS, random: 0.5 });

    const taken = supervise(reopened.state, renamed(2), { now: 4_000 + NAME_GRACE_MS, random: 0.5 });

    expect(waiting).toMatchObject({ phase: "reconnecting", fault: { kind: "name-taken" } });
    expect(taken.effects).toEqual([{ kind: "probe", epoch: 2, url: "https://a.example" }]);
  });

  it("opens the follower of a session that will end, and drops the old one once the new one is proven", () => {
    const plan = { ...PLAN, maxSessionMs: 3_600_000 };
    const open = given({ kind: "start", plan }, OPENED, probed(OK));
    const preparing = supervise(open, { kind: "timer", timer: "expiry" }, { now: 3_544_000, random: 0.5 });
    const next = supervise(
      preparing.state,
      { ...OPENED, epoch: 2, url: "https://b.example" },
      { now: 3_545_000, random: 0.5 },
    );

    const swapped = supervise(next.state, probed(OK, 2, "https://b.example"), { now: 3_546_000, random: 0.5 });

    expect(open.timers.expiry).toBe(4_000 + 3_600_000 - 60_000);
    expect(next.state).toMatchObject({ phase: "open", url: "https://a.example" });
    expect(swapped.state).toMatchObject({ phase: "open", url: "https://b.example", epoch: 2 });
    expect(swapped.effects, "the webhook is still at the old URL").toEqual([]);
    const later = supervise(swapped.state, { kind: "timer", timer: "previous" }, { now: 3_576_000, random: 0.5 });
    expect(later.effects).toEqual([{ kind: "close", epoch: 1 }]);
  });

  it("proves a URL that changed meanwhile for itself, not by the proof of the old one", () => {
    const probing = given(START, OPENED, probed(OK), { kind: "timer", timer: "probe" });
    const moved = supervise(probing, { kind: "up", epoch: 1, url: "https://b.example" }, { now: 9_000, random: 0.5 });

    const old = supervise(moved.state, probed(OK), { now: 9_500, random: 0.5 });
    const own = supervise(old.state, probed(OK, 1, "https://b.example"), { now: 9_600, random: 0.5 });

    expect(moved.effects).toEqual([{ kind: "probe", epoch: 1, url: "https://b.example" }]);
    expect(old.state.phase).toBe("opening");
    expect(own.state).toMatchObject({ phase: "open", url: "https://b.example" });
  });

  it("spares its own request where a delivery came through", () => {
    const open = given(START, OPENED, probed(OK));

    const { state, effects } = supervise(open, { kind: "traffic" }, { now: 40_000, random: 0.5 });

    expect(effects).toEqual([]);
    expect(state).toMatchObject({ phase: "open", provenAt: 40_000, provenMs: null });
    expect(state.timers.probe).toBe(40_000 + 45_000);
  });

  it("leaves a busy relay alone for as long as it asks for", () => {
    const fault: TunnelFault = { kind: "rate-limit", message: "busy", retryable: true, retryAfterMs: 60_000 };
    const busy = given(
      START,
      OPENED,
      probed(OK),
      { kind: "timer", timer: "probe" },
      probed({ kind: "failed", at: "gate", fault }),
    );

    expect(busy.timers.probe).toBe(6_000 + 60_000);
  });
});

describe("whatever happens to the tunnel, in whatever order", () => {
  // Weighted towards what makes a tunnel live long enough to be swapped for its follower.
  const moves: fc.Arbitrary<Move> = fc.record({
    kind: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<Move["kind"][]>("time", "open", "probe") },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Move["kind"][]>(
          "start",
          "stop",
          "down",
          "up",
          "stale",
          "traffic",
          "woke",
          "relay-back",
        ),
      },
    ),
    outcome: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(7) }),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  const plans: fc.Arbitrary<Plan> = fc.record(
    {
      isFixed: fc.boolean(),
      mendsItself: fc.boolean(),
      probeEveryMs: fc.constantFrom(45_000, 300_000),
      nameGraceMs: fc.constant(NAME_GRACE_MS),
      maxSessionMs: fc.constant(61_000),
    },
    { requiredKeys: ["isFixed", "mendsItself", "probeEveryMs", "nameGraceMs"] },
  );
  const worlds = fc.tuple(plans, fc.array(moves, { maxLength: 120, size: "max" }));

  function play([plan, played]: [Plan, Move[]], look: (world: World) => void): World {
    const world = createWorld(plan);
    for (const move of played) {
      world.play(move);
      look(world);
    }
    return world;
  }

  it("something is always due: it never gets stuck", () => {
    fc.assert(
      fc.property(worlds, (played) => {
        play(played, ({ state }) => {
          const needed = { opening: "deadline", open: "probe", degraded: "probe", reconnecting: "retry" } as const;
          if (state.phase === "idle" || state.phase === "closed") return expect(state.timers).toEqual({});
          const name = state.phase === "opening" && state.url !== null ? "probe" : needed[state.phase];
          expect(state.timers[name]).toBeTypeOf("number");
        });
      }),
      { numRuns: times(500) },
    );
  });

  it("no session is leaked, and no epoch is used twice", () => {
    fc.assert(
      fc.property(worlds, (played) => {
        const world = play(played, ({ state, held }) => {
          const known = [state.epoch, state.next?.epoch, state.previous];
          for (const epoch of held) expect(known).toContain(epoch);
        });
        world.play({ kind: "stop", outcome: 0, random: 0 });
        expect([...world.held]).toEqual([]);
        expect(new Set(world.opened).size).toBe(world.opened.length);
      }),
      { numRuns: times(500) },
    );
  });

  it("no URL is taken for proven by the proof of another", () => {
    fc.assert(
      fc.property(worlds, (played) => {
        play(played, ({ unproven }) => expect(unproven).toBe(0));
      }),
      { numRuns: times(300) },
    );
  });

  it("nothing of an old epoch changes anything", () => {
    fc.assert(
      fc.property(worlds, (played) => {
        play(played, ({ staleChanges }) => expect(staleChanges).toBe(0));
      }),
      { numRuns: times(300) },
    );
  });

  it("it is open again within a few tries once the world works", () => {
    fc.assert(
      fc.property(worlds, (played) => {
        const world = play(played, () => {});
        if (world.state.phase === "idle" || world.state.phase === "closed") return;
        world.heal();
        expect(world.state.phase).toBe("open");
      }),
      { numRuns: times(500) },
    );
  });
});
