import { describe, expect, it, vi } from "vitest";
import { START } from "../../../src/renderer/state/hash.ts";
import { newCount } from "../../../src/renderer/state/selectors.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { sampleDelivery } from "../samples.ts";
import { app, callsOf, engine, ids, list, openOn, openWindow, receive, rows } from "./window.ts";

describe("the window on the list", () => {
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

  it("lets go of old rows when thousands come while the top is watched", async () => {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));

    for (let i = 0; i <= 5_000; i++) receive(`d${i}`);
    await vi.waitFor(() => expect(rows()?.[0]).toBe("d5000"));
    expect(rows()?.length).toBeLessThanOrEqual(1_200);
    expect(list()?.total).toBe(5_001);
  });
});
