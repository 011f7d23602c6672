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
    /** Milliseconds after the start of the navigation. */
    firstRowAt?: number;
    keys: { latencies: number[]; observer: PerformanceObserver };
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
    const rows = document.querySelector("[role=treegrid] [role=rowgroup]");
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

/** Notes when the first row of the list is painted, in the page that is opened next. */
export async function watchFirstRow(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      window.firstRowAt ??= performance.now();
    };
    const observer = new MutationObserver(() => {
      if (document.querySelector("[role=treegrid] [role=rowgroup] [role=row]") === null) return;
      observer.disconnect();
      requestAnimationFrame(() => painted.port2.postMessage(null));
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

/** Notes how long after each key the page showed what it did, as the browser itself measures it. */
export async function watchKeys(page: Page): Promise<{ stop(): Promise<readonly number[]> }> {
  await page.evaluate(() => {
    const latencies: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === "keydown") latencies.push(duration);
    });
    // The shortest that the browser tells of; what is quicker counts as that.
    observer.observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
    window.keys = { latencies, observer };
  });
  return {
    stop: () =>
      page.evaluate(() => {
        for (const { name, duration } of window.keys.observer.takeRecords()) {
          if (name === "keydown") window.keys.latencies.push(duration);
        }
        return [...window.keys.latencies, 16];
      }),
  };
}

/** What is left on the page's heap after everything that can go has gone. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}
