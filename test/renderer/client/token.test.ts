import { describe, expect, it } from "vitest";
import { type TokenPlace, takeToken } from "../../../src/renderer/client/token.ts";

function place(hash: string, kept: string | null = null): TokenPlace & { address: string; kept: string | null } {
  const there = {
    address: `/${hash}`,
    kept,
    location: { hash, pathname: "/", search: "" },
    history: {
      replaceState(_data: unknown, _title: string, url?: string | URL | null) {
        there.address = String(url);
      },
    },
    sessionStorage: {
      getItem: () => there.kept,
      setItem(_name: string, value: string) {
        there.kept = value;
      },
    },
  };
  return there;
}

describe("the token", () => {
  it("is taken out of the address at once and kept for reloads", () => {
    const there = place("#token=abc");

    expect(takeToken(there)).toBe("abc");
    expect(there).toMatchObject({ address: "/", kept: "abc" });
  });

  it("is found again after a reload, whose address has none", () => {
    expect(takeToken(place("#/deliveries", "abc"))).toBe("abc");
  });

  it("of a newer address goes before the one that was kept", () => {
    expect(takeToken(place("#token=new", "old"))).toBe("new");
  });

  it("is null in a browser that came without one", () => {
    expect(takeToken(place(""))).toBeNull();
  });
});
