import { describe, expect, it, vi } from "vitest";
import { createLiveFaults } from "#core/replay/faults/live-faults.ts";
import { Fault } from "#shared/domain/fault.ts";

/** Live faults over forwards that last until they are ended; an exclamation mark stands for the fault. */
function fixture() {
  const started: string[] = [];
  const holds: Array<() => void> = [];
  const states: string[] = [];
  let isHolding = false;
  const forward = (id: string) =>
    faults.pass(async (fault) => {
      started.push(fault ? `${id}!` : id);
      if (isHolding) await new Promise<void>((resolve) => holds.push(resolve));
      return id;
    });
  const faults = createLiveFaults({
    onChange() {
      const current = faults.current();
      states.push(current === null ? "none" : `${current.fault.kind} ${current.left}`);
    },
  });
  return {
    ...{ faults, forward, started, states },
    set: (fault: object, next: number | null = null) => faults.set(Fault.parse(fault), next),
    hold() {
      isHolding = true;
    },
    async endOne() {
      holds.shift()?.();
      await new Promise(setImmediate);
    },
    async forwardAll(...ids: string[]) {
      await Promise.all(ids.map(forward));
    },
  };
}

describe("a live fault", () => {
  it("hits all forwards from its setting on, until it is cleared", async () => {
    const { faults, started, states, set, forwardAll } = fixture();

    await forwardAll("1");
    set({ kind: "wrong-secret" });
    await forwardAll("2", "3");
    faults.clear();
    await forwardAll("4");

    expect(started).toEqual(["1", "2!", "3!", "4"]);
    expect(states).toEqual(["wrong-secret null", "none"]);
  });

  it("ends by itself where it was set for so many", async () => {
    const { started, states, set, forwardAll } = fixture();

    set({ kind: "drop" }, 2);
    await forwardAll("1", "2", "3");

    expect(started).toEqual(["1!", "2!", "3"]);
    expect(states).toEqual(["drop 2", "drop 1", "none"]);
  });

  it("hits every n-th, and counts only those", async () => {
    const { started, set, forwardAll } = fixture();

    set({ kind: "drop", every: 3 }, 2);
    await forwardAll("1", "2", "3", "4", "5", "6", "7", "8", "9");

    expect(started).toEqual(["1", "2", "3!", "4", "5", "6!", "7", "8", "9"]);
  });

  it("that duplicates forwards so many times", async () => {
    const { started, set, forwardAll } = fixture();

    set({ kind: "duplicate", times: 3 }, 1);
    await forwardAll("1", "2");

    expect(started).toEqual(["1!", "1!", "1!", "2"]);
  });

  it("that delays lets those behind overtake", async () => {
    const { started, set, forwardAll } = fixture();

    set({ kind: "delay", ms: 20 }, 1);
    await forwardAll("1", "2");

    expect(started).toEqual(["2", "1!"]);
  });

  it("stays known for as long as it holds something back, also when it has hit all that it was set for", async () => {
    const { faults, set, forwardAll } = fixture();
    const fault = { kind: "delay", ms: 600_000, every: 1 };
    set(fault, 2);

    const all = forwardAll("1");
    expect(faults.current()).toEqual({ fault, left: 1, waiting: 1 });
    const more = forwardAll("2", "3");
    expect(faults.current()).toEqual({ fault, left: 0, waiting: 2 });
    faults.clear();
    await Promise.all([all, more]);

    expect(faults.current()).toBeNull();
  });

  it("says how many wait for their group to be whole", async () => {
    const { faults, states, set, forwardAll } = fixture();
    set({ kind: "burst", count: 3 });

    const all = forwardAll("1", "2");
    expect(faults.current()).toMatchObject({ left: null, waiting: 2 });
    await Promise.all([all, forwardAll("3")]);

    expect(faults.current()).not.toHaveProperty("waiting");
    expect(states.at(-1)).toBe("burst null");
  });

  it("that reverses the order forwards one after the other, each when the one before has ended", async () => {
    const { started, set, hold, endOne, forwardAll } = fixture();
    hold();
    set({ kind: "reorder", window: 3 });

    const all = forwardAll("1", "2", "3", "4");

    await vi.waitFor(() => expect(started).toEqual(["3!"]));
    await endOne();
    expect(started).toEqual(["3!", "2!"]);
    await endOne();
    expect(started).toEqual(["3!", "2!", "1!"]);
    await endOne();
    expect(started).toEqual(["3!", "2!", "1!"]);
    expect(await Promise.race([all, "waits for another"])).toBe("waits for another");
  });

  it("that gathers holds them until there are enough, and forwards them at once", async () => {
    const { started, set, hold, forwardAll } = fixture();
    hold();
    set({ kind: "burst", count: 3 });

    void forwardAll("1", "2");
    await new Promise(setImmediate);
    expect(started).toEqual([]);
    void forwardAll("3");
    await new Promise(setImmediate);

    expect(started).toEqual(["1!", "2!", "3!"]);
  });

  it("that gathers more than it was set for waits for nobody else", async () => {
    const { started, set, forwardAll } = fixture();

    set({ kind: "burst", count: 10 }, 2);
    await forwardAll("1", "2", "3");

    expect(started).toEqual(expect.arrayContaining(["1!", "2!", "3"]));
  });

  it.each<[string, object, string[]]>([
    ["delayed", { kind: "delay", ms: 600_000 }, ["1!", "2!"]],
    ["gathered", { kind: "burst", count: 3 }, ["1!", "2!"]],
    ["to change places", { kind: "reorder", window: 3 }, ["2!", "1!"]],
  ])("that is cleared forwards what was %s", async (_case, fault, expected) => {
    const { faults, started, set, forwardAll } = fixture();
    set(fault);
    const all = forwardAll("1", "2");

    faults.clear();
    await all;

    expect(started).toEqual(expected);
  });

  it("does not mark one that was held alone", async () => {
    const { started, set, forwardAll } = fixture();
    set({ kind: "reorder" });
    const all = forwardAll("1");

    set({ kind: "drop" });
    await all;

    expect(started).toEqual(["1"]);
  });

  it.each([
    { kind: "delay", ms: 600_000 },
    { kind: "burst", count: 3 },
    { kind: "reorder", window: 3 },
  ])("drops what it holds when the app closes: %j", async (fault) => {
    const { faults, started, set, forwardAll } = fixture();
    set(fault);
    const all = forwardAll("1", "2");

    faults[Symbol.dispose]();
    await all;

    expect(started).toEqual([]);
  });
});
