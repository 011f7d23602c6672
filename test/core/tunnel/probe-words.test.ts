import { describe, expect, it } from "vitest";
import { faultOfAnswer, faultOfError } from "#core/tunnel/probe-words.ts";

const URL = "https://hooks.example";
const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });

describe("what is wrong with a URL of the user's own", () => {
  it.each([
    [301, false, "gate", "config", /^hooks.example redirects elsewhere \(301\).*Use the address it redirects to\.$/],
    [308, true, "gate", "config", /redirects elsewhere \(308\)/],
    [429, false, "gate", "rate-limit", /is busy/],
    [403, true, "gate", "config", /a page of its own or asks for a login \(status 403\)/],
    [200, true, "gate", "config", /a page of its own/],
    [404, true, "relay", "relay", /answers 404 instead of passing requests on to the listener/],
    [408, false, "relay", "relay", /answers 408 instead/],
    [502, true, "relay", "relay", /answers 502 instead/],
    [200, false, "stranger", "config", /answers 200 instead/],
  ])("is told for status %i (a page: %s)", (status, isPage, at, kind, message) => {
    const result = faultOfAnswer({ status, isPage }, URL, true);

    expect(result).toMatchObject({ at, fault: { kind, message: expect.stringMatching(message) } });
    expect(result.fault.message).not.toMatch(/tunnel|our name/);
  });

  it("is told where nobody answers there", () => {
    expect(faultOfError(refused, URL, false, true)).toMatchObject({
      at: "relay",
      fault: {
        kind: "network",
        message: "hooks.example cannot be reached (ECONNREFUSED). Check that the server there runs.",
      },
    });
  });
});

describe("what is wrong with a URL of a tunnel's service", () => {
  it.each([
    [502, "relay", /has lost our tunnel \(status 502\)/],
    [301, "stranger", /somebody else has our name/],
  ])("is told for status %i", (status, at, message) => {
    const result = faultOfAnswer({ status, isPage: false }, URL);

    expect(result).toMatchObject({ at, fault: { message: expect.stringMatching(message) } });
  });

  it("is told where nobody answers there", () => {
    const { fault } = faultOfError(refused, URL, false);

    expect(fault.message).toContain("the tunnel's service seems to be down");
  });
});
