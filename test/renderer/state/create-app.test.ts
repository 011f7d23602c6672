import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import { markTo, toggleFold, toggleMark } from "../../../src/renderer/actions/mark-actions.ts";
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

  const ids = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, n) => `d${from - n}`);
  const list = () => app.store.getState().mirror?.list;

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

  it("follows a filter that was changed while everything was loaded", async () => {
    receive("d1", "live-stream.broadcast.started");
    receive("d2");
    engine.beforeAnswer = (name) => {
      if (name === "deliveries.list" && app.store.getState().view.filter === "") setView(app.store, { filter: "live" });
    };

    openWindow();

    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
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

  it("leaves what is read in place when it is looked through again", async () => {
    for (let i = 0; i < 450; i++) receive(`d${i}`);
    openWindow({ ...START, filter: "video" });
    await vi.waitFor(() => expect(rows()).toHaveLength(100));
    await app.list.loadOlder();
    app.list.lookAt("video", { id: "d100", offsetPx: 0 });

    receive("new");

    await vi.waitFor(() => expect(list()?.total).toBe(451));
    expect(rows()).toContain("d100");
    while ((list()?.newer ?? 0) > 0) await app.list.loadNewer();
    while (list()?.before !== null) await app.list.loadOlder();
    expect(rows()).toEqual(["new", ...ids(449, 0)]);
  });

  async function openOn(count: number): Promise<void> {
    for (let i = 0; i < count; i++) receive(`d${i}`);
    openWindow();
    await vi.waitFor(() => expect(rows()?.[0]).toBe(`d${count - 1}`));
  }

  it("loads older pages one after the other, without repeats", async () => {
    await openOn(450);
    expect(rows()).toHaveLength(100);

    await Promise.all([app.list.loadOlder(), app.list.loadOlder()]);
    expect(rows()).toHaveLength(300);
    await app.list.loadOlder();

    expect(rows()).toEqual(ids(449, 0));
  });

  it("holds a bounded part of the list however far one scrolls, and finds the rest again", async () => {
    await openOn(4_000);

    for (let page = 0; page < 20; page++) {
      app.list.lookAt("", { id: rows()?.at(-1) ?? "", offsetPx: 0 });
      await app.list.loadOlder();
      expect(rows()?.length).toBeLessThanOrEqual(1_200);
    }
    expect(rows()?.at(-1)).toBe("d0");
    expect(list()?.newer).toBe(4_000 - (rows()?.length ?? 0));
    while ((list()?.newer ?? 0) > 0) {
      app.list.lookAt("", { id: rows()?.[0] ?? "", offsetPx: 0 });
      await app.list.loadNewer();
      expect(rows()).toEqual(
        ids(4_000 - 1 - (list()?.newer ?? 0), 4_000 - (list()?.newer ?? 0) - (rows()?.length ?? 0)),
      );
    }

    expect(rows()?.[0]).toBe("d3999");
  });

  it("reaches the oldest, any place and the newest with one call each", async () => {
    await openOn(4_000);
    const before = callsOf("deliveries.list").length;

    await app.list.showOldest();
    expect([rows()?.at(-1), list()?.before, list()?.newer]).toEqual(["d0", null, 3_800]);
    await app.list.showAt(2_000);
    expect(rows()?.[200]).toBe("d1999");
    await app.list.showNewest();

    expect([rows()?.[0], list()?.newer]).toEqual(["d3999", 0]);
    expect(callsOf("deliveries.list")).toHaveLength(before + 3);
  });

  it("counts what comes while it is scrolled elsewhere, and shows it once the top is looked at again", async () => {
    await openOn(1_000);
    setView(app.store, { isAtTop: false, topSeen: { id: "d999", arrivals: list()?.arrivals ?? 0 } });
    await app.list.showOldest();

    receive("d1000");
    receive("d1001");
    await vi.waitFor(() => expect(newCount(app.store.getState())).toBe(2));
    expect(rows()?.at(-1)).toBe("d0");
    expect(list()?.total).toBe(1_002);

    await app.list.showNewest();
    expect(rows()?.slice(0, 3)).toEqual(["d1001", "d1000", "d999"]);
  });

  it("loses nothing that comes while an older or newer page is on its way", async () => {
    await openOn(1_000);
    await app.list.showOldest();
    engine.beforeAnswer = (name, { after }) => {
      if (name === "deliveries.list" && after === "d199" && engine.deliveries.length === 1_000) receive("d1000");
    };

    while ((list()?.newer ?? 0) > 0) await app.list.loadNewer();

    expect(rows()?.[0]).toBe("d1000");
    expect(new Set(rows()).size).toBe(rows()?.length);
  });

  it("opens where the selected delivery is, unless the filter hides it", async () => {
    for (let i = 0; i < 1_000; i++) receive(`d${i}`);
    openWindow({ ...START, selectedId: "d100" });

    await vi.waitFor(() => expect(rows()).toContain("d100"));
    expect(list()?.newer).toBeGreaterThan(0);
    expect(app.list.takeWanted(() => true)).toBe("d100");
  });

  it("keeps what events told of a delivery while the page with it was on its way", async () => {
    await openOn(3);
    engine.beforeAnswer = (name, { around }) => {
      if (name !== "deliveries.list" || around !== "d3") return;
      engine.publish("delivery.received", sampleDelivery({ id: "d3" }));
      const outcome = { kind: "answered", status: 500 } as const;
      const startedAt = "2026-11-24T14:02:27.904Z";
      const target = "http://localhost:3000/";
      engine.publish("attempt.updated", {
        id: "a1",
        deliveryId: "d3",
        kind: "forward",
        target,
        startedAt,
        ms: 1,
        outcome,
      });
      // Once the window has taken in what was told.
      return vi.waitFor(() => expect(rows()?.[0]).toBe("d3"));
    };
    engine.deliveries.unshift(sampleDelivery({ id: "d3" }));

    await app.list.reveal("d3");

    expect(list()?.items[0]).toMatchObject({ id: "d3", lastAttempt: { status: 500 } });
  });

  it("can be moved on by whoever sees it moved, so that one who scrolls on is followed to the end", async () => {
    await openOn(2_000);
    let isMovedOn = false;
    const unsubscribe = app.store.subscribe(() => {
      if (isMovedOn) return;
      isMovedOn = true;
      void app.list.showAt(1_999);
    });

    await app.list.showAt(1_000);
    unsubscribe();

    await vi.waitFor(() => expect(rows()?.at(-1)).toBe("d0"));
  });

  it("comes back to where one was when a filter is cleared", async () => {
    await openOn(1_000);
    await app.list.showAt(700);
    app.list.lookAt("", { id: "d300", offsetPx: 7 });

    setView(app.store, { filter: "nothing" });
    await vi.waitFor(() => expect(list()?.query).toBe("nothing"));
    setView(app.store, { filter: "" });
    await vi.waitFor(() => expect(list()?.query).toBe(""));

    expect(rows()).toContain("d300");
    expect(app.list.sightOf("")).toEqual({ id: "d300", offsetPx: 7 });
  });

  it("lets go of old rows when thousands come while the top is watched", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    for (let i = 0; i <= 5_000; i++) receive(`d${i}`);
    await vi.waitFor(() => expect(rows()?.[0]).toBe("d5000"));
    expect(rows()?.length).toBeLessThanOrEqual(1_200);
    expect(list()?.total).toBe(5_001);
  });

  it("counts what came above the newest row that the user has seen, a repeat not as a row", async () => {
    await openOn(1);

    setView(app.store, { isAtTop: false, topSeen: { id: "d0", arrivals: 0 } });
    receive("d1");
    receive("d2");
    const again = sampleDelivery({ id: "d3", duplicateOf: "d1" });
    engine.deliveries.unshift(again);
    engine.publish("delivery.received", again);

    await vi.waitFor(() => expect(rows()).toHaveLength(4));
    expect(newCount(app.store.getState())).toBe(2);
  });
});

describe("the marks", () => {
  const marked = () => [...app.store.getState().view.markedIds];

  it("go with the deliveries that are gone, and stay with the pinned when all are cleared", async () => {
    for (const id of ["d1", "d2", "d3"]) receive(id);
    const pinned = sampleDelivery({ id: "d4", pinned: true });
    engine.deliveries.unshift(pinned);
    openWindow();
    await vi.waitFor(() => expect(rows()).toHaveLength(4));
    setView(app.store, { markedIds: new Set(["d1", "d3", "d4"]) });

    engine.publish("delivery.removed", { ids: ["d3"] });
    await vi.waitFor(() => expect(marked()).toEqual(["d1", "d4"]));
    engine.deliveries.splice(1);
    engine.publish("delivery.removed", { ids: null });

    await vi.waitFor(() => expect(marked()).toEqual(["d4"]));
  });

  it("take a closed fold as one, and its repeats one by one once it is open", async () => {
    receive("d1");
    const repeat = sampleDelivery({ id: "d2", duplicateOf: "d1" });
    engine.deliveries.unshift(repeat);
    openWindow();
    await vi.waitFor(() => expect(rows()).toHaveLength(2));

    toggleMark(app, "d1");
    expect(marked()).toEqual(["d1", "d2"]);
    toggleMark(app, "d1");
    expect(marked()).toEqual([]);
    toggleFold(app, "d1");
    toggleMark(app, "d1");

    expect(marked()).toEqual(["d1"]);
  });

  it("extend from where the last one was set", async () => {
    for (const id of ["d1", "d2", "d3", "d4"]) receive(id);
    openWindow();
    await vi.waitFor(() => expect(rows()).toHaveLength(4));

    toggleMark(app, "d3");
    markTo(app, "d1");
    expect(marked()).toEqual(["d3", "d2", "d1"]);
    markTo(app, "d4");

    expect(marked()).toEqual(["d4", "d3"]);
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

describe("settings", () => {
  it("are saved one change after the other, and one that fails holds up none", async () => {
    openWindow();
    const order: unknown[] = [];
    let release = (): void => undefined;
    engine.beforeAnswer = async (name, { theme }) => {
      if (name !== "settings.update") return;
      order.push(theme);
      if (theme !== "light") return;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      throw new Error("The disk is full.");
    };

    const first = app.saveSettings({ theme: "light" });
    const second = app.saveSettings({ theme: "dark" });
    await vi.waitFor(() => expect(order).toEqual(["light"]));
    release();

    await expect(first).rejects.toThrow();
    await second.catch(() => undefined);
    expect(order).toEqual(["light", "dark"]);
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

  it("shows nothing of what waits wherever one looks in it, with a filter and without", async () => {
    for (const filter of ["", "video"]) {
      for (let i = engine.deliveries.length; i < 1_000; i++) receive(`d${i}`);
      openWindow({ ...START, filter });
      await vi.waitFor(() => expect(rows()).toHaveLength(100));
      const newest = rows()?.[0];
      const total = app.store.getState().mirror?.list.total;
      togglePause(app);
      for (let i = 0; i < 300; i++) receive(`${filter}later${i}`);
      await vi.waitFor(() => expect(arrived()).toBe(300));

      await app.list.showOldest();
      expect(rows()?.at(-1)).toBe("d0");
      await app.list.showAt(500);
      const middle = app.store.getState().mirror?.list;
      expect([middle?.newer, middle?.items.length, middle?.total]).toEqual([300, 400, total]);
      while ((app.store.getState().mirror?.list.newer ?? 0) > 0) await app.list.loadNewer();
      expect(rows()?.[0]).toBe(newest);
      await app.list.showOldest();
      await app.list.showNewest();

      expect(rows()?.[0]).toBe(newest);
      expect(app.store.getState().mirror?.list).toMatchObject({ total, paused: { arrived: 300 } });
      app.stop();
    }
  });

  it("asks its filter again when it goes on, though nothing came: what is there may have changed", async () => {
    receive("d1", "video.caption.generated");
    openWindow({ ...START, filter: "caption" });
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    togglePause(app);
    engine.deliveries = [];

    togglePause(app);

    await vi.waitFor(() => expect(rows()).toEqual([]));
  });

  it("does not go on showing what was erased", async () => {
    receive("d1");
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual(["d1"]));
    togglePause(app);

    engine.deliveries = [];
    engine.publish("reset", {});

    await vi.waitFor(() => expect(rows()).toEqual([]));
    expect(arrived()).toBe(0);
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
