import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatHost,
  formatIso,
  formatMs,
  formatPlural,
  formatRowTime,
  formatTime,
} from "../../../src/renderer/theme/format.ts";

const noon = new Date(2026, 10, 24, 12, 0, 0, 7);

describe("times", () => {
  it("gives the local time of day with milliseconds", () => {
    expect(formatTime(noon.toISOString())).toBe("12:00:00.007");
  });

  it("gives the day instead of seconds for another day's row", () => {
    expect(formatRowTime(noon.toISOString(), noon)).toBe("12:00:00.007");
    expect(formatRowTime(noon.toISOString(), new Date(2026, 10, 25))).toBe("24 Nov 12:00");
  });

  it("gives the whole date with a zone that means the same moment", () => {
    const text = formatIso(noon.toISOString());

    expect(text).toMatch(/^2026-11-24T12:00:00\.007[+-]\d\d:\d\d$/);
    expect(Date.parse(text)).toBe(noon.getTime());
  });

  it("shows what is no date as it is", () => {
    expect([formatTime("soon"), formatIso("soon"), formatRowTime("soon", noon)]).toEqual(["soon", "soon", "soon"]);
  });
});

describe("amounts", () => {
  it.each([
    [0, "0 ms"],
    [0.84, "0.8 ms"],
    [9.96, "10 ms"],
    [84.4, "84 ms"],
    [1_234, "1.2 s"],
    [180_000, "3 min"],
    [7_200_000, "2 h"],
  ])("writes %d ms as %s", (ms, text) => expect(formatMs(ms)).toBe(text));

  it.each([
    [1, "1 byte"],
    [165, "165 bytes"],
    [2_150, "2.1 kB"],
    [10 * 1024 * 1024, "10 MB"],
    [3 * 1024 ** 3, "3 GB"],
  ])("writes %d bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it("groups digits with a space that does not break", () => {
    expect(formatCount(1_284)).toBe("1\u00a0284");
    expect(formatPlural(1, "delivery", "deliveries")).toBe("1 delivery");
    expect(formatPlural(2, "delivery", "deliveries")).toBe("2 deliveries");
  });

  it("leaves scheme and last slash of an address out", () => {
    expect(formatHost("https://calm-otter.loca.lt/")).toBe("calm-otter.loca.lt");
  });
});
