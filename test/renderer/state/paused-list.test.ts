import { describe, expect, it, vi } from "vitest";
import { START } from "../../../src/renderer/state/hash.ts";
import { togglePause } from "../../../src/renderer/state/pause.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { sampleDelivery } from "../samples.ts";
import { app, engine, openWindow, receive, rows } from "./window.ts";

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
