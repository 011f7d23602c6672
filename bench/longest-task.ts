import { cpus } from "node:os";
import type { Browser, Page } from "@playwright/test";

const LIMIT_MS = 50;

/** The longest task of the window in each step that is taken, beside its limit. */
export function createStepTable(browser: Browser) {
  const figures: object[] = [];
  return {
    async step(page: Page, body: string, step: string, act: () => Promise<void>): Promise<void> {
      const { longestTaskMs, mostCpuMs } = await longestTask(browser, page, act);
      const kept = longestTaskMs <= LIMIT_MS ? "yes" : "NO";
      figures.push({ body, step, longestTaskMs, mostCpuMs, limit: LIMIT_MS, kept });
    },
    print(title: string): void {
      console.log(`${title}: ${cpus().length} cores, Node ${process.version}`);
      console.table(figures);
    },
  };
}

export type StepTable = ReturnType<typeof createStepTable>;

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  readonly pid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * Milliseconds of the longest task of the page's main thread, as the browser traces it: shorter ones than 50 too.
 * `mostCpuMs` is the most that one of them kept a processor busy; on a machine that has else to do, the rest was waiting.
 */
async function longestTask(browser: Browser, page: Page, act: () => Promise<void>) {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"] });
  await act();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))));
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(String(await browser.stopTracing()));
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === "RunTask" && mains.has(`${pid} ${tid}`));
  const mostMs = (micros: readonly number[]): number => Math.round(Math.max(0, ...micros) / 100) / 10;
  return {
    longestTaskMs: mostMs(tasks.map(({ dur = 0 }) => dur)),
    mostCpuMs: mostMs(tasks.map(({ tdur = 0 }) => tdur)),
  };
}

const WHEELS = 40;
const WHEEL_PX = 3_000;

/** As fast as a wheel goes, then to the end and back. */
export async function scroll(page: Page, view: ReturnType<Page["getByRole"]>): Promise<void> {
  await view.hover();
  for (let wheel = 0; wheel < WHEELS; wheel++) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await view.press("End");
  await view.press("Home");
}
