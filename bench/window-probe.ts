import type { Page } from "@playwright/test";

/** What the page itself saw, between `start` and `stop`. */
export interface Frames {
  /** Milliseconds from frame to frame, in order. */
  readonly frames: readonly number[];
  /** Milliseconds of every task over 50 ms that the browser reports. */
  readonly longTasks: readonly number[];
}

interface Probe {
  isRunning: boolean;
  frames: number[];
  longTasks: number[];
  arrivals: Record<string, number>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Notes the time between frames and the tasks that hold them up. */
export async function watchFrames(page: Page): Promise<{ stop(): Promise<Frames> }> {
  await page.evaluate(() => {
    const probe: Probe = { isRunning: true, frames: [], longTasks: [], arrivals: {} };
    window.probe = probe;
    const observer = new PerformanceObserver((list) =>
      probe.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ type: "longtask" });
    let last: number | undefined;
    const next = (now: number): void => {
      if (last !== undefined) probe.frames.push(now - last);
      last = now;
      if (probe.isRunning) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  return {
    stop: () =>
      page.evaluate(() => {
        window.probe.isRunning = false;
        return { frames: window.probe.frames, longTasks: window.probe.longTasks };
      }),
  };
}

/** Notes when a row that names `bench.arrival.N` was painted, as milliseconds since 1970. */
export async function watchArrivals(page: Page): Promise<{ seen(): Promise<Readonly<Record<string, number>>> }> {
  await page.evaluate(() => {
    const arrivals: Record<string, number> = {};
    window.probe = { isRunning: false, frames: [], longTasks: [], arrivals };
    const rows = document.querySelector("[role=grid] [role=rowgroup]");
    if (rows === null) throw new Error("There is no list.");
    const painted = new MessageChannel();
    const waiting: string[] = [];
    painted.port1.onmessage = () => {
      const now = performance.timeOrigin + performance.now();
      for (const name of waiting.splice(0)) arrivals[name] ??= now;
    };
    const observer = new MutationObserver(() => {
      const fresh = [...rows.children].flatMap((row) => /bench\.arrival\.\d+/.exec(row.textContent ?? "") ?? []);
      waiting.push(...fresh.filter((name) => arrivals[name] === undefined && !waiting.includes(name)));
      // A message sent in a frame's callback is taken once that frame is painted.
      if (waiting.length > 0) requestAnimationFrame(() => painted.port2.postMessage(null));
    });
    observer.observe(rows, { childList: true, subtree: true, characterData: true });
  });
  return { seen: () => page.evaluate(() => window.probe.arrivals) };
}
