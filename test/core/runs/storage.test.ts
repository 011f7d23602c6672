import { expect, it, vi } from "vitest";
import { createRuns } from "#core/runs/runs.ts";
import { NO_RESULTS, type RunState, type RunSummary } from "#shared/domain/run.ts";
import { AppError } from "#shared/errors.ts";
import { silentLog } from "../../helpers/silent-log.ts";

const full = () => Promise.reject(new AppError("store.full", "The disk is full."));

/** A store with one run of one delivery, which fails where it is told to. */
function world() {
  const fails = { begin: false, write: false };
  let run: RunSummary = {
    ...{
      id: "b1",
      createdAt: "",
      startedAt: null,
      endedAt: null,
      state: "waiting",
      total: 1,
      leftOut: 0,
      done: 0,
      tally: NO_RESULTS,
    },
    options: { target: "3000", order: "received", pacing: "asap", concurrency: 1 },
  };
  const told: RunSummary[] = [];
  const runs = createRuns<null>({
    clock: { now: () => Date.now() },
    log: silentLog(),
    toPath: (path) => path,
    routing: () => ({ routes: [], fallback: null }),
    randomSeed: () => 1,
    publish: (progress) => void told.push(progress.run),
    sender: {
      resolve: async () => null,
      send: async () => ({
        target: "",
        startedAt: 0,
        ms: 1,
        outcome: { kind: "unreachable", reason: "reset", message: "" },
      }),
    },
    store: {
      create: async () => run,
      list: async () => [run],
      get: async () => run,
      hide: async () => true,
      async setState(_, state: RunState, trouble) {
        if (state === "going" && fails.begin) return full();
        const { trouble: _trouble, ...rest } = run;
        run = { ...rest, state, ...(trouble !== null && { trouble }) };
        return run;
      },
      async ahead(_, after) {
        if (after >= 1 || run.done === 1) return [];
        return [
          {
            seq: 1,
            deliveryId: "d1",
            copy: 1,
            target: "3000",
            offsetMs: 0,
            request: { method: "GET", path: "/", headers: [], body: new Uint8Array() },
          },
        ];
      },
      async write() {
        if (fails.write) return full();
        run = { ...run, done: 1 };
        return { run, attempts: [], hasMore: false };
      },
    },
  });
  return { runs, fails, told, now: () => run };
}

it.each(["begin", "write"] as const)(
  "pauses a run that cannot %s, says why, and goes on once there is room",
  async (step) => {
    const { runs, fails, told, now } = world();
    await using _ = runs;
    fails[step] = true;
    await runs.start({ options: now().options }, { query: "" });
    await vi.waitFor(() =>
      expect(now()).toMatchObject({ state: "paused", trouble: expect.stringContaining("The disk is full.") }),
    );
    expect(told.at(-1)?.state).toBe("paused");

    fails[step] = false;
    await runs.resume("b1");

    await vi.waitFor(() => expect(now()).toMatchObject({ state: "done", done: 1 }));
    expect(now().trouble).toBeUndefined();
  },
);
