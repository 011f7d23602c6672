const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const COUNT = new Intl.NumberFormat("en-US");

const KIBI = 1024;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Local time of day with milliseconds, `14:02:27.904`; the text itself where it is no date. */
export function formatTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${CLOCK.format(date)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** For a row: the time of day, or day and time where that was not today. */
export function formatRowTime(iso: string, now: Date): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime()) || date.toDateString() === now.toDateString()) return formatTime(iso);
  return DAY.format(date).replace(",", "");
}

/** For a sentence: `24 Nov 2026, 14:02`; the text itself where it is no date. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : MOMENT.format(date);
}

/** The whole of it for a tooltip, with the zone: `2026-11-24T14:02:27.904+01:00`. */
export function formatIso(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
  return new Date(date.getTime() + offset * MINUTE_MS).toISOString().replace("Z", zone);
}

/** `0.8 ms`, `84 ms`, `1.2 s`, `3 min`, `2 h`, `12 days`: as much as anybody reads. */
export function formatMs(ms: number): string {
  if (ms < 10) return `${trimZero(ms.toFixed(1))} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS) return `${trimZero((ms / 1_000).toFixed(1))} s`;
  if (ms < HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) return `${trimZero((ms / HOUR_MS).toFixed(1))} h`;
  return formatPlural(Math.round(ms / DAY_MS), "day");
}

/** `165 bytes`, `2.1 kB`, `10 MB`; 1 kB is 1024 bytes, as the limits count. */
export function formatBytes(bytes: number): string {
  if (bytes < KIBI) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / KIBI;
  let unit = 0;
  while (value >= KIBI && unit < units.length - 1) {
    value /= KIBI;
    unit += 1;
  }
  return `${trimZero(value.toFixed(1))} ${units[unit]}`;
}

/** The same for a column: `165 B`. */
export function formatBytesShort(bytes: number): string {
  return bytes < KIBI ? `${bytes} B` : formatBytes(bytes);
}

/** `1 284`: digits in groups, with a space that does not break. */
export function formatCount(count: number): string {
  return COUNT.format(count).replaceAll(",", "\u00a0");
}

/** `1 delivery`, `3 deliveries`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Without scheme and slash: what fits a strip. */
export function formatHost(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, "0");
}

function trimZero(text: string): string {
  return text.replace(/\.0$/, "");
}
