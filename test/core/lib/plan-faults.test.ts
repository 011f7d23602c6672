import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlannedSending, planFaults } from "#core/lib/plan-faults.ts";
import { Fault } from "#shared/domain/fault.ts";

/** Deliveries a second apart. */
const sendings = (count: number): PlannedSending<string>[] =>
  Array.from({ length: count }, (_, n) => ({ delivery: String(n + 1), offsetMs: n * 1_000 }));

/** `1@0 2!@1000`: which delivery is due when, an exclamation mark where it has the fault. */
function planned(fault: object, count: number): string {
  return planFaults(Fault.parse(fault), sendings(count))
    .map(({ delivery, offsetMs, fault: mark }) => `${delivery}${mark ? "!" : ""}@${offsetMs}`)
    .join(" ");
}

describe("a plan of sendings", () => {
  it.each([
    [{ kind: "duplicate", times: 3, every: 2 }, 3, "1@0 2!@1000 2!@1000 2!@1000 3@2000"],
    [{ kind: "reorder", window: 3 }, 5, "3!@0 2!@1000 1!@2000 5!@3000 4!@4000"],
    [{ kind: "reorder", window: 2, every: 2 }, 6, "1@0 2@1000 4!@2000 3!@3000 5@4000 6@5000"],
    [{ kind: "delay", ms: 1_500, every: 2 }, 4, "1@0 3@2000 2!@2500 4!@4500"],
    [{ kind: "burst", count: 3 }, 5, "1!@2000 2!@2000 3!@2000 4!@4000 5!@4000"],
    [{ kind: "drop", every: 3 }, 4, "1@0 2@1000 3!@2000 4@3000"],
    [{ kind: "wrong-secret" }, 2, "1!@0 2!@1000"],
    [{ kind: "drop" }, 0, ""],
  ])("with %j", (fault, count, expected) => {
    expect(planned(fault, count)).toBe(expected);
  });

  const faults = fc.oneof(
    fc.record({
      kind: fc.constant("duplicate"),
      times: fc.integer({ min: 2, max: 5 }),
      every: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({
      kind: fc.constant("reorder"),
      window: fc.integer({ min: 2, max: 5 }),
      every: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({
      kind: fc.constant("delay"),
      ms: fc.integer({ min: 1, max: 9_000 }),
      every: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({
      kind: fc.constant("burst"),
      count: fc.integer({ min: 2, max: 5 }),
      every: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ kind: fc.constantFrom("drop", "reserialise"), every: fc.integer({ min: 1, max: 4 }) }),
  );

  it("loses no delivery, invents none, and goes forward in time", () => {
    fc.assert(
      fc.property(faults, fc.array(fc.nat(5_000), { maxLength: 40 }), (fault, gaps) => {
        const offsets = gaps.toSorted((a, b) => a - b);
        const all = offsets.map((offsetMs, delivery) => ({ delivery, offsetMs }));

        const plan = planFaults(Fault.parse(fault), all);

        expect(new Set(plan.map(({ delivery }) => delivery))).toEqual(new Set(all.map(({ delivery }) => delivery)));
        expect(plan.map((sending) => sending.offsetMs)).toEqual(
          plan.map((sending) => sending.offsetMs).toSorted((a, b) => a - b),
        );
        if (fault.kind !== "duplicate") expect(plan).toHaveLength(all.length);
        for (const { delivery, fault: mark, offsetMs: at } of plan) {
          if (mark === undefined) expect(at).toBe(all[delivery]?.offsetMs);
        }
      }),
    );
  });
});
