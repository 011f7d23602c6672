import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import type { App } from "../../../src/renderer/app-context.ts";
import { createApp } from "../../../src/renderer/create-app.ts";
import { START } from "../../../src/renderer/state/hash.ts";
import { togglePause } from "../../../src/renderer/state/pause.ts";
import { newCount } from "../../../src/renderer/state/selectors.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { createFakeEngine, type FakeEngine } from "../fake-client.ts";
import { createFakeShell } from "../fake-shell.ts";
import { sampleDelivery, sampleGap } from "../samples.ts";

let engine: FakeEngine;
let app: App;
let isLookedAt: boolean;

beforeEach(() => {
  engine = createFakeEngine();
  isLookedAt = true;
});
afterEach(() => app.stop());

function openWindow(place = START): void {
  app = createApp({
    connection: engine,
    shell: createFakeShell(),
    place,
    schedule: queueMicrotask,
    isHidden: () => false,
    isLookedAt: () => isLookedAt,
  });
}

function receive(id: string, type = "video.encoding.quality.completed"): void {
  const delivery = sampleDelivery({ id, type });
  engine.deliveries.unshift(delivery);
  engine.publish("delivery.received", delivery);
}

const rows = (): string[] | undefined => app.store.getState().mirror?.list.items.map(({ id }) => id);
const callsOf = (name: string) => engine.calls.filter((call) => call.name === name);

describe("the mirror", () => {
  it("shows what was there before the window opened", async () => {
    receive("d1");

    openWindow();

    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
  });

  it("shows each delivery once that comes while the first load is under way", async () => {
    engine.beforeAnswer = (name) => {
      if (name === "app.snapshot") receive("before-list");
      if (name === "deliveries.list") receive("after-list");
    };

    openWindow();

    await vi.waitFor(() => expect(rows()).toEqual(["after-list", "before-list"]));
  });

  it("adds what comes after the load", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    receive("d1");
    receive("d2");

    await vi.waitFor(() => expect(rows()).toEqual(["d2", "d1"]));
    expect(callsOf("app.snapshot")).toHaveLength(1);
  });

  it("loads everything again after a gap in the numbers", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    engine.deliveries.unshift(sampleDelivery({ id: "missed" }));
    engine.lose();
    receive("d2");

    await vi.waitFor(() => expect(rows()).toEqual(["d2", "missed"]));
    expect(callsOf("app.snapshot")).toHaveLength(2);
  });

  it("loads everything again after a reset", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    engine.deliveries.unshift(sampleDelivery({ id: "missed" }));
    engine.publish("reset", {});

    await vi.waitFor(() => expect(rows()).toEqual(["missed"]));
  });

  it("keeps what is known while the engine is away, and resumes without a load where nothing was missed", async () => {
    receive("d1");
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));

    engine.setStatus({ kind: "disconnected" });
    expect(rows()).toEqual(["d1"]);
    engine.setStatus({ kind: "connected", resumed: true });
    receive("d2");

    await vi.waitFor(() => expect(rows()).toEqual(["d2", "d1"]));
    expect(callsOf("app.snapshot")).toHaveLength(1);
  });

  it("loads again after a connection that could not resume", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    engine.deliveries.unshift(sampleDelivery({ id: "missed" }));
    engine.setStatus({ kind: "connected", resumed: false });

    await vi.waitFor(() => expect(rows()).toEqual(["missed"]));
  });

  it("says why the first load failed, and loads when asked again", async () => {
    engine.beforeAnswer = () => {
      throw new AppError("store.locked", "Another inspector has the data.");
    };
    openWindow();
    await vi.waitFor(() => expect(app.store.getState().loadError).toBe("Another inspector has the data."));

    engine.beforeAnswer = () => undefined;
    await app.reload();

    expect(app.store.getState()).toMatchObject({ loadError: null, mirror: { seq: 0 } });
  });
});

describe("the list", () => {
  it("asks the engine when the filter changes, and again when something arrives", async () => {
    receive("d1", "live-stream.broadcast.started");
    receive("d2");
    openWindow();
    await vi.waitFor(() => expect(rows()).toHaveLength(2));

    setView(app.store, { filter: "live" });
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    receive("d3");
    receive("d4", "live-stream.broadcast.ended");

    await vi.waitFor(() => expect(rows()).toEqual(["d4", "d1"]));
  });

  it("follows what arrives without a pause, one search at a time", async () => {
    receive("d1", "live-stream.broadcast.started");
    openWindow({ ...START, filter: "live" });
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    let underWay = 0;
    engine.beforeAnswer = async (name) => {
      if (name !== "deliveries.list") return;
      underWay += 1;
      expect(underWay).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay -= 1;
    };

    const timer = setInterval(() => receive(`d${engine.deliveries.length + 1}`, "live-stream.broadcast.ended"), 10);
    await vi.waitFor(() => expect(rows()?.length).toBeGreaterThan(5));
    clearInterval(timer);

    await vi.waitFor(() => expect(rows()).toHaveLength(engine.deliveries.length));
  });

  it("looks again when an answer of the user's server may have changed what matches", async () => {
    openWindow({ ...START, filter: "live" });
    await vi.waitFor(() => expect(rows()).toEqual([]));
    const calls = callsOf("deliveries.list").length;

    engine.publish("delivery.updated", sampleDelivery({ id: "elsewhere" }));

    await vi.waitFor(() => expect(callsOf("deliveries.list").length).toBe(calls + 1));
  });

  it("keeps what it shows while the filter cannot be read, from the first load on", async () => {
    receive("d1");
    openWindow({ ...START, filter: "sig:fialed" });
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    setView(app.store, { filter: "video" });
    await vi.waitFor(() => expect(app.store.getState().mirror?.list.query).toBe("video"));

    setView(app.store, { filter: "video sig:fial" });
    receive("d2");
    await vi.waitFor(() => expect(rows()).toEqual(["d2", "d1"]));

    expect(callsOf("deliveries.list").map(({ input }) => input["query"])).not.toContain("video sig:fial");
  });

  it("says why a filter was not applied, and keeps what it shows until it can be", async () => {
    receive("d1");
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    engine.beforeAnswer = () => {
      throw new AppError("store.unwritable", "The database stopped working.");
    };

    setView(app.store, { filter: "live" });
    await vi.waitFor(() => expect(app.store.getState().listError).toBe("The database stopped working."));
    expect(app.store.getState().mirror?.list).toMatchObject({ query: "", total: 1 });
    engine.beforeAnswer = () => undefined;
    app.list.refreshSoon();

    await vi.waitFor(() =>
      expect(app.store.getState()).toMatchObject({ listError: null, mirror: { list: { total: 0 } } }),
    );
  });

  it("loses nothing that comes while the filter is taken away", async () => {
    openWindow({ ...START, filter: "live" });
    await vi.waitFor(() => expect(rows()).toEqual([]));
    engine.beforeAnswer = (name, { query }) => {
      if (name !== "deliveries.list" || query !== "") return;
      receive("d1");
      return new Promise((resolve) => setTimeout(resolve, 5));
    };

    setView(app.store, { filter: "" });

    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
  });

  it("leaves the older rows in place when it is looked through again", async () => {
    for (let i = 0; i < 450; i++) receive(`d${i}`);
    openWindow({ ...START, filter: "video" });
    await vi.waitFor(() => expect(rows()).toHaveLength(200));
    await app.list.loadMore();

    receive("new");

    await vi.waitFor(() => expect(rows()?.[0]).toBe("new"));
    expect(rows()).toHaveLength(401);
    await app.list.loadMore();
    expect(new Set(rows()).size).toBe(451);
  });

  it("loads older pages one after the other, without repeats", async () => {
    for (let i = 0; i < 450; i++) receive(`d${i}`);
    openWindow();
    await vi.waitFor(() => expect(rows()).toHaveLength(200));

    await Promise.all([app.list.loadMore(), app.list.loadMore()]);
    expect(rows()).toHaveLength(400);
    await app.list.loadMore();

    expect(rows()).toHaveLength(450);
    expect(new Set(rows()).size).toBe(450);
  });

  it("lets go of old rows when thousands come while the top is watched, and finds them again", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    for (let i = 0; i <= 5_000; i++) receive(`d${i}`);
    await vi.waitFor(() => expect(rows()?.[0]).toBe("d5000"));
    expect(rows()).toHaveLength(1_000);
    await app.list.loadMore();

    expect(rows()?.slice(999, 1_002)).toEqual(["d4001", "d4000", "d3999"]);
    expect(app.store.getState().mirror?.list.total).toBe(5_001);
  });

  it("counts what came above the newest row that the user has seen", async () => {
    receive("d1");
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));

    setView(app.store, { isAtTop: false, topSeenId: "d1" });
    receive("d2");
    receive("d3");

    await vi.waitFor(() => expect(newCount(app.store.getState())).toBe(2));
  });
});

describe("the detail", () => {
  it("never shows the delivery that was selected before, however late it comes", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    engine.beforeAnswer = (name, { id }) => (name === "deliveries.get" && id === "slow" ? held : undefined);

    setView(app.store, { selectedId: "slow" });
    setView(app.store, { selectedId: "quick" });
    await vi.waitFor(() => expect(app.store.getState().detail).toMatchObject({ value: { id: "quick" } }));
    letGo();
    await Promise.resolve();

    expect(app.store.getState().detail).toMatchObject({ value: { id: "quick" } });
  });

  it("is loaded again when an attempt of the selected delivery ends", async () => {
    openWindow({ ...START, selectedId: "d1" });
    await vi.waitFor(() => expect(callsOf("deliveries.get")).toHaveLength(1));

    engine.publish("attempt.updated", {
      id: "a1",
      deliveryId: "d1",
      kind: "forward",
      target: "http://localhost:3000/",
      startedAt: "2026-11-24T14:02:27.904Z",
      ms: 1,
      outcome: { kind: "answered", status: 200 },
    });

    await vi.waitFor(() => expect(callsOf("deliveries.get")).toHaveLength(2));
  });

  it("fetches a body only when the payload is looked at, its first megabyte first", async () => {
    engine.body = new Uint8Array(5 * 1024 * 1024 + 1).fill(120);
    openWindow({ ...START, selectedId: "d1" });
    await vi.waitFor(() => expect(app.store.getState().detail.kind).toBe("ready"));
    expect(callsOf("deliveries.body")).toEqual([]);

    setView(app.store, { tab: "payload" });
    await vi.waitFor(() => expect(app.store.getState().body?.phase).toBe("ready"));
    expect(app.store.getState().body?.bytes).toHaveLength(1024 * 1024);
    await app.detail.loadWholeBody();

    expect(app.store.getState().body?.bytes).toEqual(engine.body);
  });

  it("fetches the body of an event at once, small as it is: the overview holds it against the documentation", async () => {
    engine.body = new TextEncoder().encode('{"type":"x"}');

    openWindow({ ...START, selectedId: "d1" });

    await vi.waitFor(() => expect(app.store.getState().body?.bytes).toEqual(engine.body));
  });
});

describe("the search for what was missed", () => {
  const dialog = { kind: "missed", gap: sampleGap({ to: null }) } as const;
  const missed = () => app.store.getState().missed;

  async function openDialog(): Promise<void> {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));
    setView(app.store, { dialog });
  }

  it("begins when its dialog opens, tells how far it is, and shows what it found", async () => {
    const hold = Promise.withResolvers<void>();
    engine.beforeAnswer = (name) => (name === "webhooks.reconcile" ? hold.promise : undefined);
    await openDialog();

    engine.publish("reconcile.progressed", { checkedVideos: 3, totalVideos: 12 });
    await vi.waitFor(() => expect(missed()).toEqual({ kind: "running", checkedVideos: 3, totalVideos: 12 }));
    hold.resolve();

    await vi.waitFor(() => expect(missed()).toMatchObject({ kind: "ready", value: { checkedVideos: 1 } }));
    // A gap that lasts is looked at up to now.
    expect(callsOf("webhooks.reconcile")[0]?.input).toEqual({ from: dialog.gap.from });
  });

  it("is stopped with its dialog, and what comes after is not shown", async () => {
    const hold = Promise.withResolvers<void>();
    engine.beforeAnswer = (name) => (name === "webhooks.reconcile" ? hold.promise : undefined);
    await openDialog();

    setView(app.store, { dialog: null });
    hold.resolve();

    await vi.waitFor(() => expect(callsOf("webhooks.cancelReconcile")).toHaveLength(1));
    await app.missed.stop();
    expect(missed()).toEqual({ kind: "none" });
  });

  it("says why it failed", async () => {
    engine.beforeAnswer = (name) => {
      if (name === "webhooks.reconcile") throw new AppError("api.key_missing", "There is no API key.");
    };
    await openDialog();

    await vi.waitFor(() =>
      expect(missed()).toEqual({ kind: "failed", code: "api.key_missing", message: "There is no API key." }),
    );
  });
});

describe("what fails unseen", () => {
  const fail = (id: string): void =>
    engine.publish("delivery.received", sampleDelivery({ id, verification: { state: "failed" } }));
  const unseen = (): number => app.store.getState().view.unseenFailed;

  it("is counted until somebody looks at the window", async () => {
    isLookedAt = false;
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    fail("d1");
    receive("d2");
    fail("d3");
    await vi.waitFor(() => expect(unseen()).toBe(2));

    app.looked();
    expect(unseen()).toBe(0);
  });

  it("is not counted while somebody looks", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    fail("d1");

    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    expect(unseen()).toBe(0);
  });
});

describe("a paused list", () => {
  const arrived = (): number | undefined => app.store.getState().mirror?.list.paused?.arrived;

  it("stands still, counts what arrives, and shows all of it afterwards", async () => {
    receive("d1");
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));

    togglePause(app);
    receive("d2");
    receive("d3");
    await vi.waitFor(() => expect(arrived()).toBe(2));
    expect(rows()).toEqual(["d1"]);
    togglePause(app);

    await vi.waitFor(() => expect(rows()).toEqual(["d3", "d2", "d1"]));
    expect(arrived()).toBeUndefined();
  });

  it("loses nothing that comes while it goes on", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));
    togglePause(app);
    receive("d1");
    await vi.waitFor(() => expect(arrived()).toBe(1));
    engine.beforeAnswer = (name) => {
      if (name === "deliveries.list") receive("d2");
    };

    togglePause(app);

    await vi.waitFor(() => expect(rows()).toEqual(["d2", "d1"]));
  });

  it("stays paused over a line that broke, and counts what came without an event", async () => {
    receive("d1");
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    togglePause(app);

    engine.deliveries.unshift(sampleDelivery({ id: "missed" }));
    engine.setStatus({ kind: "connected", resumed: false });

    await vi.waitFor(() => expect(arrived()).toBe(1));
    expect(rows()).toEqual(["d1"]);
  });

  it("lets the user ask for another list, which stands still as well", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));
    togglePause(app);
    receive("d1", "video.caption.generated");

    setView(app.store, { filter: "caption" });
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    receive("d2", "video.caption.generated");
    await vi.waitFor(() => expect(arrived()).toBe(1));

    expect(rows()).toEqual(["d1"]);
  });
});
