import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Calendar, LOCAL_CALENDAR, parseMoment, resolveMoment } from "#shared/search/times.ts";

/** Two hours east of Greenwich, all year. */
const EAST: Calendar = {
  toEpoch: (year, month, day, ms) => Date.UTC(year, month - 1, day, -2) + ms,
  toDate(at) {
    const date = new Date(at + 2 * 3_600_000);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  },
};
const NOW = Date.parse("2026-03-01T00:30:00Z");

function resolve(text: string, calendar = EAST): string | null {
  const moment = parseMoment(text);
  return moment && new Date(resolveMoment(moment, NOW, calendar)).toISOString();
}

describe("a time in a search", () => {
  it.each([
    ["30s", "2026-03-01T00:29:30.000Z"],
    ["10m", "2026-03-01T00:20:00.000Z"],
    ["2h", "2026-02-28T22:30:00.000Z"],
    ["3D", "2026-02-26T00:30:00.000Z"],
    ["999999s", "2026-02-17T10:43:21.000Z"],
    ["1W", "2026-02-22T00:30:00.000Z"],
    ["Today", "2026-02-28T22:00:00.000Z"],
    ["YESTERDAY", "2026-02-27T22:00:00.000Z"],
    ["01:15", "2026-02-28T23:15:00.000Z"],
    ["1:15:07.25", "2026-02-28T23:15:07.250Z"],
    ["14:02", "2026-02-28T12:02:00.000Z"],
    ["23:59:59.999", "2026-02-28T21:59:59.999Z"],
    ["0:00", "2026-02-28T22:00:00.000Z"],
    ["2026-03-01", "2026-02-28T22:00:00.000Z"],
    ["2026-03-01T14:02", "2026-03-01T12:02:00.000Z"],
    ["2026-03-01t14:02:09z", "2026-03-01T14:02:09.000Z"],
    ["2026-03-01 14:02:09.123456+05:30", "2026-03-01T08:32:09.123Z"],
    ["2026-03-01T14:02:09-0800", "2026-03-01T22:02:09.000Z"],
    ["2026-03-01T14:02-00:30", "2026-03-01T14:32:00.000Z"],
    ["2026-03-01T14:02:09.5Z", "2026-03-01T14:02:09.500Z"],
    ["2026-03-01T14:02:09.123456789Z", "2026-03-01T14:02:09.123Z"],
    ["2024-02-29", "2024-02-28T22:00:00.000Z"],
    ["2026-12-31", "2026-12-30T22:00:00.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(resolve(text)).toBe(instant);
  });

  it("of day is the last one that has been: what is still to come today was yesterday", () => {
    expect(resolve("02:29")).toBe("2026-03-01T00:29:00.000Z");
    expect(resolve("02:31")).toBe("2026-02-28T00:31:00.000Z");
  });

  it.each([
    "",
    "soon",
    "10",
    "10y",
    "25:00",
    "12:60",
    "2026-02-30",
    "2026-13-01",
    "2026-03-01T25:00",
    "-5m",
    "1:2",
    "12:00Z",
    "x10m",
    "10mx",
    "1234567m",
    "m",
    "24:00",
    "x14:02",
    "14:02x",
    "123:00",
    "14:02:60",
    "14:02:1",
    "14:02.5",
    "14:02:09.",
    "14:02:09.1234",
    "x2026-03-01",
    "2026-03-01x",
    "12026-03-01",
    "2026-3-1",
    "2026-00-01",
    "2026-03-00",
    "2026-03-32",
    "2025-02-29",
    "2026-03-01T",
    "2026-03-01T9:00",
    "2026-03-01T14:60",
    "2026-03-01T14:02:60Z",
    "2026-03-01T14:02:09.1234567890Z",
    "2026-03-01Z",
    "2026-03-01T14:02+5",
    "2026-03-01T14:02+05:3",
    "2026-03-01T14:02Zx",
  ])("is not %j", (text) => {
    expect(parseMoment(text)).toBeNull();
  });

  it("of day that is now is now", () => {
    expect(resolve("02:30")).toBe("2026-03-01T00:30:00.000Z");
  });

  it("is, in the zone of this computer, the date that was meant, in every year", () => {
    fc.assert(
      fc.property(
        fc.record({ year: fc.integer({ min: 1, max: 9_999 }), month: fc.integer({ min: 1, max: 12 }) }),
        fc.integer({ min: 1, max: 28 }),
        (date, day) => {
          const noon = LOCAL_CALENDAR.toEpoch(date.year, date.month, day, 43_200_000);
          expect(LOCAL_CALENDAR.toDate(noon)).toEqual({ ...date, day });
        },
      ),
    );
  });

  it("is read in the zone of this computer", () => {
    expect(resolve("2026-03-01T14:02", LOCAL_CALENDAR)).toBe(new Date(2026, 2, 1, 14, 2).toISOString());
    expect(resolve("0099-03-01", LOCAL_CALENDAR)?.slice(0, 4)).toMatch(/^00(98|99)$/);
  });
});
