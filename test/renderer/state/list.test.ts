import { describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import { START } from "../../../src/renderer/state/hash.ts";
import { newCount } from "../../../src/renderer/state/selectors.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { sampleDelivery } from "../samples.ts";
import { app, callsOf, engine, openWindow, receive, rows } from "./window.ts";

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
