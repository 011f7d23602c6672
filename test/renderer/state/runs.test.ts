import { describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import { START } from "../../../src/renderer/state/hash.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { sampleRun } from "../samples.ts";
import { app, callsOf, engine, openOn, openWindow, rows } from "./window.ts";

const runs = () => app.store.getState().runs;
const listed = () => {
  const { list } = runs();
  return list.kind === "ready" ? list.value.map(({ id, done }) => `${id} ${done}`) : list.kind;
};
const results = () => {
  const { results } = runs().opened;
  return results.kind === "ready" ? results.value : null;
};
const tell = (run = sampleRun()) => engine.publish("run.progressed", { run, attempts: [], hasMore: false });

async function openReplays(runId: string | null = null): Promise<void> {
  openWindow({ ...START, area: "replays", runId });
  await vi.waitFor(() => expect(listed()).not.toBe("none"));
}

describe("the window's runs", () => {
  it("are fetched when their area is gone to, and follow what is told of them", async () => {
    engine.runs = [sampleRun()];
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));
    expect(callsOf("runs.list")).toEqual([]);

    setView(app.store, { area: "replays" });
    await vi.waitFor(() => expect(listed()).toEqual(["b1 0"]));
    tell(sampleRun({ done: 2 }));
    tell(sampleRun({ id: "b10" }));
    await vi.waitFor(() => expect(listed()).toEqual(["b10 0", "b1 2"]));
    engine.publish("run.removed", { id: "b1" });
    await vi.waitFor(() => expect(listed()).toEqual(["b10 0"]));
  });

  it("know what was told while their list was on its way", async () => {
    engine.runs = [sampleRun()];
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));
    const hold = Promise.withResolvers<void>();
    engine.beforeAnswer = (name) => (name === "runs.list" ? hold.promise : undefined);
    setView(app.store, { area: "replays" });
    await vi.waitFor(() => expect(callsOf("runs.list")).toHaveLength(1));

    tell(sampleRun({ done: 3, state: "done" }));
    hold.resolve();

    await vi.waitFor(() => expect(listed()).toEqual(["b1 3"]));
  });

  it("say why they cannot be listed", async () => {
    engine.beforeAnswer = (name) => {
      if (name === "runs.list") throw new AppError("store.unwritable", "The database failed.");
    };
    await openReplays();
    await vi.waitFor(() => expect(runs().list).toEqual({ kind: "failed", message: "The database failed." }));
  });

  it("are fetched in parts, as far as they are looked at", async () => {
    engine.runs = [sampleRun({ total: 1_000 })];
    await openReplays("b1");
    await vi.waitFor(() => expect(results()).toMatchObject({ first: 0, total: 1_000 }));
    expect(results()?.items).toHaveLength(200);
    const before = callsOf("runs.results").length;

    app.runs.look(0, 20);
    app.runs.look(150, 170);
    expect(callsOf("runs.results")).toHaveLength(before);
    app.runs.look(600, 620);

    await vi.waitFor(() => expect(results()?.first).toBe(510));
    expect(results()?.items[0]?.deliveryId).toBe("d511");
  });

  it("are asked for by kind, from the first of that kind on", async () => {
    engine.runs = [sampleRun({ total: 1_000 })];
    await openReplays("b1");
    await vi.waitFor(() => expect(results()).not.toBeNull());
    app.runs.look(600, 620);

    app.runs.choose("regressed");

    await vi.waitFor(() =>
      expect(callsOf("runs.results").at(-1)?.input).toEqual({ id: "b1", skip: 0, limit: 200, verdict: "regressed" }),
    );
    app.runs.choose("unsent");
    await vi.waitFor(() => expect(callsOf("runs.results").at(-1)?.input).toMatchObject({ outcome: "unsent" }));
    app.runs.choose("unexpected");
    await vi.waitFor(() => expect(callsOf("runs.results").at(-1)?.input).toMatchObject({ expected: false }));
  });

  it("are fetched anew when the one that is looked at, or compared with, goes on, and not for another", async () => {
    engine.runs = [sampleRun({ id: "b2" }), sampleRun()];
    await openReplays("b2");
    await vi.waitFor(() => expect(results()).not.toBeNull());
    app.runs.compareWith("b1");
    await vi.waitFor(() =>
      expect(runs().opened.compared).toMatchObject({ kind: "ready", value: { sentence: "1 fixed" } }),
    );
    const before = callsOf("runs.compare").length;

    tell(sampleRun({ id: "b3" }));
    tell(sampleRun({ id: "b1", done: 1 }));

    await vi.waitFor(() => expect(callsOf("runs.compare")).toHaveLength(before + 1));
    expect(callsOf("runs.compare").at(-1)?.input).toMatchObject({ before: "b1", after: "b2" });
  });
});

describe("the list of deliveries", () => {
  it("shows what runs bring, and is asked for again where more has changed than is told", async () => {
    await openOn(3);
    const attempt = {
      kind: "replay",
      ...{ id: "a1", deliveryId: "d1", target: "http://localhost/", startedAt: "", ms: 4, runId: "b1" },
      outcome: { kind: "answered", status: 500 },
    } as const;
    const before = callsOf("deliveries.list").length;

    engine.publish("run.progressed", { run: sampleRun(), attempts: [attempt], hasMore: false });
    await vi.waitFor(() =>
      expect(app.store.getState().mirror?.list.items[1]?.lastAttempt).toEqual({
        status: 500,
        ms: 4,
        verdict: "refused",
      }),
    );
    expect(callsOf("deliveries.list")).toHaveLength(before);
    engine.publish("run.progressed", { run: sampleRun(), attempts: [attempt], hasMore: true });

    await vi.waitFor(() => expect(callsOf("deliveries.list").length).toBeGreaterThan(before));
  });
});
