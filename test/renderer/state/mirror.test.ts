import { describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import { sampleDelivery } from "../samples.ts";
import { app, callsOf, engine, lookAt, openWindow, receive, rows } from "./window.ts";

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

describe("what fails unseen", () => {
  const fail = (id: string): void =>
    engine.publish("delivery.received", sampleDelivery({ id, verification: { state: "failed" } }));
  const unseen = (): number => app.store.getState().view.unseenFailed;

  it("is counted until somebody looks at the window", async () => {
    lookAt(false);
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
