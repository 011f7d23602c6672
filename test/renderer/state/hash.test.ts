import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AREAS, formatHash, parseHash, START, TABS } from "../../../src/renderer/state/hash.ts";

describe("the address", () => {
  it("brings back every place it can say", () => {
    const place = fc.oneof(
      fc.record({
        area: fc.constant("deliveries" as const),
        selectedId: fc.string({ minLength: 1 }),
        tab: fc.constantFrom(...TABS),
        filter: fc.string(),
        subject: fc.constant(null),
        runId: fc.constant(null),
        section: fc.constant(null),
      }),
      fc.string({ minLength: 1 }).map((subject) => ({ ...START, area: "timeline" as const, subject })),
      fc.string({ minLength: 1 }).map((runId) => ({ ...START, area: "replays" as const, runId })),
      fc.string({ minLength: 1 }).map((section) => ({ ...START, area: "settings" as const, section })),
      fc.constantFrom(...AREAS).map((area) => ({ ...START, area })),
    );

    fc.assert(
      fc.property(place, (there) => {
        expect(parseHash(formatHash(there))).toEqual(there);
      }),
    );
  });

  it("takes any text without harm", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(AREAS).toContain(parseHash(`#${text}`).area);
      }),
    );
  });

  it.each(["", "#", "#token=abc", "#/nowhere", "#/deliveries"])("starts at the list for %j", (hash) => {
    expect(parseHash(hash)).toEqual(START);
  });

  it("selects nothing when an id is broken", () => {
    expect(parseHash("#/deliveries/%E0%A4%A/payload")).toMatchObject({ selectedId: null });
  });
});
