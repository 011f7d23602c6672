import { describe, expect, it } from "vitest";
import { isSubdomain, newSubdomain } from "#core/tunnel/subdomain.ts";

describe("newSubdomain", () => {
  it("makes a name that relays take from at least 100 random bits", () => {
    const asked: number[] = [];

    const name = newSubdomain((bytes) => {
      asked.push(bytes);
      return "0z8k2m4q6s8u0w2y4a6c8e0g2";
    });

    expect(isSubdomain(name)).toBe(true);
    expect(name).toContain("0z8k2m4q6s8u0w2y4a6c8e0g2");
    expect(Math.min(...asked) * 8).toBeGreaterThanOrEqual(100);
  });
});
