/** A moment as a query names it. Only when it is asked for does it become a time, so that `10m` moves along. */
export type Moment =
  | { readonly kind: "ago"; readonly ms: number }
  /** Milliseconds since midnight. */
  | { readonly kind: "clock"; readonly ms: number }
  | { readonly kind: "day"; readonly daysAgo: number }
  | { readonly kind: "date"; readonly year: number; readonly month: number; readonly day: number; readonly ms: number }
  | { readonly kind: "instant"; readonly at: number };

/** Where days begin: the computer's own zone, another one in a test. */
export interface Calendar {
  /** Epoch milliseconds of a local date (months from 1) and the time of day in milliseconds. */
  readonly toEpoch: (year: number, month: number, day: number, ms: number) => number;
  /** The local date of a time. */
  readonly toDate: (at: number) => { readonly year: number; readonly month: number; readonly day: number };
}

export const LOCAL_CALENDAR: Calendar = {
  toEpoch(year, month, day, ms) {
    // The time goes in as a whole, so that it means what the clock on the wall showed even on the day that it was changed.
    const date = new Date(2000, 0, 1);
    date.setFullYear(year, month - 1, day);
    date.setHours(0, 0, 0, ms);
    return date.getTime();
  },
  toDate(at) {
    const date = new Date(at);
    return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
  },
};

export const TIME_FORMS =
  "a time ago (10m, 2h, 3d), a time of day (14:02), a date (2026-11-24), or both (2026-11-24T14:02)";

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const AGO = /^(\d{1,6})([smhdw])$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Null for what names no moment. */
export function parseMoment(text: string): Moment | null {
  const word = text.toLowerCase();
  if (word === "today") return { kind: "day", daysAgo: 0 };
  if (word === "yesterday") return { kind: "day", daysAgo: 1 };
  const [, count, unit = ""] = AGO.exec(word) ?? [];
  if (count !== undefined) return { kind: "ago", ms: Number(count) * (UNITS[unit] ?? 0) };
  const ms = parseClock(word);
  if (ms !== null) return { kind: "clock", ms };
  return parseDate(text);
}

/** Epoch milliseconds. A time of day is the last one that has been. */
export function resolveMoment(moment: Moment, now: number, calendar: Calendar = LOCAL_CALENDAR): number {
  switch (moment.kind) {
    case "ago":
      return now - moment.ms;
    case "instant":
      return moment.at;
    case "date":
      return calendar.toEpoch(moment.year, moment.month, moment.day, moment.ms);
    case "day":
      return onDay(moment.daysAgo, 0);
    case "clock": {
      const today = onDay(0, moment.ms);
      return today > now ? onDay(1, moment.ms) : today;
    }
  }

  function onDay(daysAgo: number, ms: number): number {
    const { year, month, day } = calendar.toDate(now);
    return calendar.toEpoch(year, month, day - daysAgo, ms);
  }
}

function parseClock(text: string): number | null {
  const [, hour, minute, second = "0", fraction = ""] = CLOCK.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return (
    Number(hour) * HOUR_MS +
    Number(minute) * MINUTE_MS +
    Number(second) * 1_000 +
    Math.round(Number(`0${fraction}`) * 1_000)
  );
}

function parseDate(text: string): Moment | null {
  const [, year, month, day, clock, zone] = DATE.exec(text.toUpperCase()) ?? [];
  if (year === undefined) return null;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isDate(date)) return null;
  const ms = clock === undefined ? 0 : parseClock(clock.replace(/(\.\d{3})\d+$/, "$1"));
  if (ms === null) return null;
  if (zone === undefined) return { kind: "date", ...date, ms };
  const at = Date.parse(`${year}-${month}-${day}T00:00:00Z`) + ms - offsetOf(zone);
  return { kind: "instant", at };
}

function isDate({ year, month, day }: { year: number; month: number; day: number }): boolean {
  const date = new Date(Date.UTC(2000, month - 1, 1));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function offsetOf(zone: string): number {
  if (zone === "Z") return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS);
}
