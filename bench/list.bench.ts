/**
 * The window and the store with 100 000 deliveries: how soon `serve` is ready, how soon a search answers, how soon the
 * list is there, how smoothly it scrolls from its top to its end and what memory that leaves, how soon a row shows what
 * arrives, and whether one can type meanwhile. Each figure beside its limit.
 */
import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import { openBrowser } from "./browser.ts";
import { fillStore } from "./fill-store.ts";
import { newDataDir, type Serve, startServe } from "./servers.ts";
import { heapBytes, watchArrivals, watchFirstRow, watchFrames, watchKeys } from "./window-probe.ts";

const DELIVERIES = 100_000;
const STARTS = 5;
const SEARCHES = 20;
/** One of each kind, and what is worst for each: nearly all match, or hardly any. */
const QUERIES = [
  "vi0000000000000000001abc",
  "completed",
  "rendition",
  "-rendition",
  "nowhere",
  "720p hls",
  "-720p",
  "quality=720p",
  "type=video.encoding.quality.completed",
  "-quality=720p",
  "sig:failed",
  "cause:wrong-secret,no-match",
  "type:encoding",
  "status:5xx",
  "status:2xx",
  "status:none",
  "video:vi0000000000000000001abc",
  "webhook:webhook_",
  "after:10m",
  "before:1h",
  "is:pinned",
  "note:flaky",
  "completed sig:failed status:500 -quality=1080p after:2h",
];
const WHEEL_PX = 4_000;
const ARRIVALS = 500;
const PER_SECOND = 50;
const OPENINGS = 5;
const SETTLE_MS = 1_000;
const TYPED = "rendition ready 720p hls completed video encoding";
const KEY_EVERY_MS = 60;
const VIEWPORT = { width: 1360, height: 860 };
const MIB = 1024 * 1024;

const figures: { figure: string; value: number; limit: number | null }[] = [];

const dataDir = newDataDir();
try {
  await fillStore(dataDir, DELIVERIES);
  await measureStarts();
  await using serve = await startServe({}, dataDir);
  await serve.call("settings.update", { firstRunDone: true, maxDeliveries: DELIVERIES * 2 });
  await measureSearch(serve);
  await using browser = await openBrowser();
  await measureOpening(browser, serve);
  await measureArrivals(browser, serve);
  await measureTyping(browser, serve);
  await measureEnds(browser, serve);
  await measureScrolling(browser, serve);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

console.log(`list: ${DELIVERIES} deliveries, ${cpus().length} cores, Node ${process.version}`);
console.table(
  figures.map(({ figure, value, limit }) => ({
    figure,
    value: Number(value.toFixed(1)),
    limit,
    kept: limit === null ? "" : value <= limit ? "yes" : "NO",
  })),
);

async function measureStarts(): Promise<void> {
  const times: number[] = [];
  while (times.length < STARTS) {
    await using serve = await startServe({}, dataDir);
    times.push(serve.readyMs);
  }
  note(`serve ready, median of ${STARTS}, ms`, quantile(times, 0.5), 600);
  note("serve ready, slowest, ms", Math.max(...times), 600);
}

async function measureSearch(serve: Serve): Promise<void> {
  for (const query of ["", ...QUERIES]) {
    const times: number[] = [];
    let total = 0;
    while (times.length < SEARCHES) {
      const started = performance.now();
      ({ total } = await serve.call<{ total: number }>("deliveries.list", { query, limit: 200 }));
      times.push(performance.now() - started);
    }
    const words = query === "" ? "list without a query" : `search "${query}" (${total} match)`;
    note(`${words}, median, ms`, quantile(times, 0.5), 100);
    note(`${words}, slowest of ${SEARCHES}, ms`, Math.max(...times), 100);
  }
}

async function measureOpening(browser: Browser, serve: Serve): Promise<void> {
  const loads: number[] = [];
  const all: number[] = [];
  while (loads.length < OPENINGS) {
    await using page = await browser.newPage({ viewport: VIEWPORT });
    await watchFirstRow(page);
    await page.goto(serve.uiUrl);
    // Not a locator: to look for one costs the page more than some of what is measured.
    await page.waitForFunction(() => window.firstRowAt !== undefined);
    const { firstRowAt, loadAt } = await page.evaluate(() => ({
      firstRowAt: window.firstRowAt ?? Number.NaN,
      loadAt: performance.getEntriesByType("navigation")[0]?.toJSON().loadEventEnd as number,
    }));
    loads.push(firstRowAt - loadAt);
    // What it fetches ahead, and its end, are no part of the next opening.
    await delay(SETTLE_MS);
    all.push(firstRowAt);
  }
  note(`first list after load, median of ${OPENINGS}, ms`, quantile(loads, 0.5), 300);
  note("first list after load, slowest, ms", Math.max(...loads), 300);
  note("first list after the start of navigation, slowest, ms", Math.max(...all), null);
}

async function measureEnds(browser: Browser, serve: Serve): Promise<void> {
  await using page = await openWindow(browser, serve);
  await page.getByRole("treegrid", { name: "Deliveries" }).focus();
  for (const [key, isThere] of [
    ["End", isAtEnd],
    ["Home", isAtStart],
  ] as const) {
    const watch = await watchFrames(page);
    const started = performance.now();
    await page.keyboard.press(key);
    while (!(await isThere(page))) await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    note(`${key} to the ${key === "End" ? "oldest" : "newest"} row, ms`, performance.now() - started, 300);
    note(`${key}, longest frame, ms`, Math.max(0, ...(await watch.stop()).longTasks), 50);
  }
}

async function measureScrolling(browser: Browser, serve: Serve): Promise<void> {
  await using page = await openWindow(browser, serve);
  await page.getByRole("treegrid", { name: "Deliveries" }).hover();
  const heapBefore = await heapBytes(page);
  const watch = await watchFrames(page);
  const started = performance.now();
  while (!(await isAtEnd(page))) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  const tookMs = performance.now() - started;
  const { frames, longTasks } = await watch.stop();
  note("scroll to the end, longest frame, ms", Math.max(...frames), 50);
  note("scroll to the end, p99 frame, ms", quantile(frames, 0.99), 50);
  note(`scroll to the end, longest of ${longTasks.length} tasks over 50 ms, ms`, Math.max(0, ...longTasks), 50);
  note("scroll to the end, in all, ms", tookMs, null);
  note("heap before scrolling, MB", heapBefore / MIB, null);
  note("heap grown by scrolling through everything, MB", ((await heapBytes(page)) - heapBefore) / MIB, 16);
}

/** True where the last of all rows exists. */
function isAtEnd(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const rows = document.querySelectorAll("[role=treegrid] [role=rowgroup] [role=row]");
    const count = document.querySelector("[role=treegrid]")?.getAttribute("aria-rowcount");
    return [...rows].some((row) => row.getAttribute("aria-rowindex") === count);
  });
}

function isAtStart(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector("[role=rowgroup] [aria-rowindex='2']") !== null);
}

/** Types into the filter while deliveries arrive: every key has to be there, and soon. */
async function measureTyping(browser: Browser, serve: Serve): Promise<void> {
  await using page = await openWindow(browser, serve);
  const filter = page.getByRole("combobox", { name: "Filter deliveries" });
  await filter.focus();
  const watch = await watchKeys(page);
  const stop = new AbortController();
  const arriving = arrive(serve, "bench.typing", Number.POSITIVE_INFINITY, stop.signal);
  await page.keyboard.type(TYPED, { delay: KEY_EVERY_MS });
  stop.abort();
  await arriving;
  const latencies = await watch.stop();
  const value = await filter.inputValue();
  const dropped = value === TYPED ? 0 : TYPED.length - value.length || 1;
  note(`keys dropped of ${TYPED.length} typed at ${PER_SECOND} deliveries/s`, dropped, 0);
  note("key to its paint, p50, ms", quantile(latencies, 0.5), 100);
  note("key to its paint, slowest, ms", Math.max(...latencies), 100);
}

/** Sends deliveries of the types `${name}.0`, `${name}.1`, … at the rate; answers when each was sent. */
async function arrive(serve: Serve, name: string, count: number, signal?: AbortSignal): Promise<number[]> {
  const sent: number[] = [];
  const started = performance.now();
  const answers: Promise<Response>[] = [];
  while (sent.length < count && signal?.aborted !== true) {
    await delay(Math.max(0, started + (sent.length * 1_000) / PER_SECOND - performance.now()));
    const body = JSON.stringify({ type: `${name}.${sent.length}` });
    sent.push(performance.timeOrigin + performance.now());
    answers.push(fetch(serve.listenerUrl, { method: "POST", body }));
  }
  await Promise.all(answers);
  return sent;
}

async function measureArrivals(browser: Browser, serve: Serve): Promise<void> {
  await using page = await openWindow(browser, serve);
  const watch = await watchArrivals(page);
  const sent = await arrive(serve, "bench.arrival", ARRIVALS);
  await page
    .getByText(`bench.arrival.${ARRIVALS - 1}`)
    .first()
    .waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  const seen = await watch.seen();
  const times = sent.flatMap((at, n) => (seen[`bench.arrival.${n}`] ?? Number.NaN) - at).filter((ms) => ms >= 0);
  // More than a screenful between two frames: the machine was busy with something else.
  note(`arrivals of ${ARRIVALS} that no frame showed`, ARRIVALS - times.length, 0);
  note(`arrival to row at ${PER_SECOND}/s, p50, ms`, quantile(times, 0.5), 100);
  note(`arrival to row at ${PER_SECOND}/s, p99, ms`, quantile(times, 0.99), 100);
}

async function openWindow(browser: Browser, serve: Serve): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.goto(serve.uiUrl);
  await page.getByRole("row").nth(20).waitFor();
  return page;
}

function note(figure: string, value: number, limit: number | null): void {
  figures.push({ figure, value, limit });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
