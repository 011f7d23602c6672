/**
 * The window and the store with 100 000 deliveries: how soon `serve` is ready, how soon a search answers, how smoothly
 * the list scrolls from its top to its end, and how soon a row shows what arrives. Each figure beside its limit.
 */
import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { findChromium } from "../scripts/chromium.mjs";
import { fillStore } from "./fill-store.ts";
import { newDataDir, type Serve, startServe } from "./servers.ts";
import { watchArrivals, watchFrames } from "./window-probe.ts";

const DELIVERIES = 100_000;
const STARTS = 5;
const SEARCHES = 20;
/** One of each kind, and what is worst for each: nearly all match, or hardly any. */
const QUERIES = [
  "vi0000000000000000001abc",
  "completed",
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

const figures: { figure: string; ms: number; "limit ms": number | null }[] = [];

const dataDir = newDataDir();
try {
  await fillStore(dataDir, DELIVERIES);
  await measureStarts();
  await using serve = await startServe({}, dataDir);
  await serve.call("settings.update", { firstRunDone: true, maxDeliveries: DELIVERIES * 2 });
  await measureSearch(serve);
  await using browser = await openBrowser();
  await measureArrivals(browser, serve);
  await measureScrolling(browser, serve);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

console.log(`list: ${DELIVERIES} deliveries, ${cpus().length} cores, Node ${process.version}`);
console.table(figures.map((row) => ({ ...row, ms: Number(row.ms.toFixed(1)) })));

async function measureStarts(): Promise<void> {
  const times: number[] = [];
  while (times.length < STARTS) {
    await using serve = await startServe({}, dataDir);
    times.push(serve.readyMs);
  }
  note(`serve ready, median of ${STARTS}`, quantile(times, 0.5), 600);
  note("serve ready, slowest", Math.max(...times), 600);
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
    note(`${words}, median`, quantile(times, 0.5), 100);
    note(`${words}, slowest of ${SEARCHES}`, Math.max(...times), 100);
  }
}

async function measureScrolling(browser: Browser, serve: Serve): Promise<void> {
  await using page = await openWindow(browser, serve);
  await page.getByRole("grid", { name: "Deliveries" }).hover();
  const watch = await watchFrames(page);
  const started = performance.now();
  while (!(await isAtEnd(page))) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  const tookMs = performance.now() - started;
  const { frames, longTasks } = await watch.stop();
  note("scroll to the end, longest frame", Math.max(...frames), 50);
  note("scroll to the end, p99 frame", quantile(frames, 0.99), 50);
  note(`scroll to the end, longest of ${longTasks.length} tasks over 50 ms`, Math.max(0, ...longTasks), 50);
  note("scroll to the end, in all", tookMs, null);
}

/** True where the last of all rows exists. */
function isAtEnd(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const rows = document.querySelectorAll("[role=grid] [role=rowgroup] [role=row]");
    const count = document.querySelector("[role=grid]")?.getAttribute("aria-rowcount");
    return rows.item(rows.length - 1)?.getAttribute("aria-rowindex") === count;
  });
}

async function measureArrivals(browser: Browser, serve: Serve): Promise<void> {
  await using page = await openWindow(browser, serve);
  const watch = await watchArrivals(page);
  const sent: number[] = [];
  const started = performance.now();
  const answers: Promise<Response>[] = [];
  while (sent.length < ARRIVALS) {
    await delay(Math.max(0, started + (sent.length * 1_000) / PER_SECOND - performance.now()));
    const body = JSON.stringify({ type: `bench.arrival.${sent.length}` });
    sent.push(performance.timeOrigin + performance.now());
    answers.push(fetch(serve.listenerUrl, { method: "POST", body }));
  }
  await Promise.all(answers);
  await page
    .getByText(`bench.arrival.${ARRIVALS - 1}`)
    .first()
    .waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  const seen = await watch.seen();
  const times = sent.flatMap((at, n) => (seen[`bench.arrival.${n}`] ?? Number.NaN) - at).filter((ms) => ms >= 0);
  if (times.length < ARRIVALS) throw new Error(`Only ${times.length} of ${ARRIVALS} arrivals were seen.`);
  note(`arrival to row at ${PER_SECOND}/s, p50`, quantile(times, 0.5), 100);
  note(`arrival to row at ${PER_SECOND}/s, p99`, quantile(times, 0.99), 100);
}

async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({ args: ["--no-sandbox"], ...(executablePath !== undefined && { executablePath }) });
}

async function openWindow(browser: Browser, serve: Serve): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
  await page.goto(serve.uiUrl);
  await page.getByRole("row").nth(20).waitFor();
  return page;
}

function note(figure: string, ms: number, limit: number | null): void {
  figures.push({ figure, ms, "limit ms": limit });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
