import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Targets } from "#shared/domain/named-target.ts";
import { chooseDestinations, Routes } from "#shared/domain/route.ts";

const name = fc.stringMatching(/^[a-z]{1,3}$/);
const route = fc.record({ name, query: fc.constant(""), targets: fc.array(name, { maxLength: 4 }) });
const routed = fc
  .array(route, { maxLength: 6 })
  .chain((routes) =>
    fc.tuple(fc.constant(routes), fc.array(fc.boolean(), { minLength: routes.length, maxLength: routes.length })),
  );

describe("routes", () => {
  it("send a delivery where the first one that matches says, once to each target, and else to the default one", () => {
    fc.assert(
      fc.property(routed, ([routes, matched]) => {
        const chosen = chooseDestinations(routes, matched);

        const index = matched.indexOf(true);
        if (index === -1) expect(chosen).toEqual({ targets: [null] });
        else {
          expect(chosen.route).toBe(routes[index]?.name);
          expect(chosen.targets).toEqual([...new Set(routes[index]?.targets)]);
        }
      }),
    );
  });

  it("that cannot change a delivery's way do not: what comes behind the one that matches", () => {
    fc.assert(
      fc.property(routed, fc.array(route, { maxLength: 3 }), ([routes, matched], behind) => {
        fc.pre(matched.includes(true));

        const longer = chooseDestinations([...routes, ...behind], [...matched, ...behind.map(() => true)]);

        expect(longer).toEqual(chooseDestinations(routes, matched));
      }),
    );
  });

  it.each([
    ["a search that cannot be read", [{ name: "a", query: "nokey:x", targets: [] }]],
    [
      "a name that is there already",
      [
        { name: "a", query: "", targets: [] },
        { name: "A", query: "", targets: [] },
      ],
    ],
    ["no name", [{ name: " ", query: "", targets: [] }]],
  ])("are not taken with %s", (_, routes) => {
    expect(Routes.safeParse(routes).success).toBe(false);
  });
});

describe("targets", () => {
  const target = (change: object) => [{ name: "shop", url: "http://localhost:3000", headers: [], ...change }];

  it("are kept with the URL that a bare port means", () => {
    expect(Targets.parse(target({ url: "3000" }))).toEqual(target({ url: "http://localhost:3000/" }));
  });

  it.each([
    ["a header that the sending decides", { headers: [["Content-Length", "1"]] }],
    ["the same in other capitals", { headers: [["hOST", "x"]] }],
    ["a header's name with a line break", { headers: [["A\r\nB", "x"]] }],
    ["a header's value with a line break", { headers: [["A", "x\r\nB: y"]] }],
    ["a header's value with a NUL", { headers: [["A", "x\0"]] }],
    ["a header's value that is no single byte", { headers: [["A", "€"]] }],
    ["a name that is a port", { name: "3000" }],
    ["a name that is a URL", { name: "http://localhost" }],
    ["a URL with a password", { url: "http://a:b@localhost" }],
    ["a URL of another scheme", { url: "file:///etc/passwd" }],
  ])("are not taken with %s", (_, change) => {
    expect(Targets.safeParse(target(change)).success).toBe(false);
  });

  it("are told apart by more than capitals", () => {
    expect(Targets.safeParse([...target({}), ...target({ name: "Shop" })]).success).toBe(false);
  });
});
