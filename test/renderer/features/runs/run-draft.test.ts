import { describe, expect, it } from "vitest";
import { draftAgain, FIRST_DRAFT, type RunDraft, readDraft } from "../../../../src/renderer/features/runs/run-draft.ts";
import { sampleRun } from "../../samples.ts";

const TARGETS = [{ name: "Staging", url: "http://localhost:3000/", headers: [] }];
const ROUTES = [{ name: "All", query: "", targets: ["Staging"] }];
const read = (more: Partial<RunDraft>, routes: typeof ROUTES = []) =>
  readDraft({ ...FIRST_DRAFT, target: "3000", ...more }, { targets: TARGETS, routes });

describe("the draft of a run", () => {
  it("asks for what is written in it, and for nothing that is not", () => {
    expect(read({}).options).toEqual({ target: "3000", order: "received", pacing: "asap", concurrency: 1 });
    expect(
      read({ pace: "factor", factor: " 0.1", concurrency: "50", baseline: "b2", name: " mine ", order: "shuffled" })
        .options,
    ).toEqual({
      ...{ target: "3000", order: "shuffled", pacing: { factor: 0.1 }, concurrency: 50 },
      ...{ baseline: "b2", name: "mine" },
    });
    expect(read({ comparesBodies: true, ignore: " a.b, ,items[*].id " }).options?.compareBody).toEqual({
      ignore: ["a.b", "items[*].id"],
    });
    expect(read({ ignore: "a" }).options).not.toHaveProperty("compareBody");
  });

  it.each([
    [{ target: "nonsense" }, "target"],
    [{ concurrency: "0" }, "concurrency"],
    [{ concurrency: "1.5" }, "concurrency"],
    [{ pace: "interval", intervalMs: "" }, "pace"],
    [{ pace: "interval", intervalMs: "-1" }, "pace"],
    [{ pace: "factor", factor: "0" }, "pace"],
    [{ pace: "factor", factor: "1001" }, "pace"],
  ] as const)("says what cannot be: %j", (more, place) => {
    const { options, faults } = read(more);
    expect(options).toBeNull();
    expect(faults[place]).not.toBeNull();
  });

  it("asks for a fault once one is chosen, and for nothing while it is not as it must be", () => {
    const fault = { kind: "duplicate", times: 3, every: 2 } as const;

    expect(read({}).options).not.toHaveProperty("fault");
    expect(read({ fault }).options).toMatchObject({ fault });
    for (const change of [{ times: 1 }, { every: Number.NaN }]) {
      expect(read({ fault: { ...fault, ...change } }).options).toBeNull();
    }
  });

  it("takes the name of a target, and says in the engine's words what is neither that nor an address", () => {
    expect(read({ target: " staging " })).toMatchObject({ options: { target: "staging" }, faults: { target: null } });
    expect(read({ target: "stag" }).faults.target).toBe(
      "The target is the name of one under Forwarding, an http:// or https:// URL, or a bare port.",
    );
  });

  it("asks the routes where no target is written and there are some", () => {
    expect(read({ target: " " }, ROUTES)).toMatchObject({ options: { target: null }, faults: { target: null } });
    const routed = sampleRun({ options: { target: null, order: "received", pacing: "asap", concurrency: 1 } });
    expect(draftAgain(routed).target).toBe("");
  });

  it("does not call an empty target wrong before anything is written", () => {
    expect(read({ target: "" })).toMatchObject({ options: null, faults: { target: null } });
  });

  it.each(["asap", "original", { factor: 0.5 }, { intervalMs: 20 }] as const)(
    "asks for a run once more, compared with what came of it: %j",
    (pacing) => {
      const options = { target: "3000", order: "shuffled", pacing, concurrency: 7 } as const;
      const compareBody = { ignore: ["a", "b"] };
      const fault = { kind: "wrong-secret", every: 3 } as const;
      const again = sampleRun({ id: "b4", options: { ...options, compareBody, fault, seed: 5 } });

      expect(readDraft(draftAgain(again), { targets: [], routes: [] }).options).toEqual({
        ...options,
        compareBody,
        fault,
        baseline: "b4",
      });
    },
  );
});
