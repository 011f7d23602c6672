import { describe, expect, it, vi } from "vitest";
import { START } from "../../../src/renderer/state/hash.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { app, callsOf, engine, openWindow, rows } from "./window.ts";

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

  it("fetches all of a body that is hardly longer than its first megabyte", async () => {
    engine.body = new Uint8Array(1024 * 1024 + 406).fill(120);
    openWindow({ ...START, selectedId: "d1", tab: "payload" });

    await vi.waitFor(() => expect(app.store.getState().body).toMatchObject({ phase: "ready", bytes: engine.body }));
  });

  it("fetches the body of an event at once, small as it is: the overview holds it against the documentation", async () => {
    engine.body = new TextEncoder().encode('{"type":"x"}');

    openWindow({ ...START, selectedId: "d1" });

    await vi.waitFor(() => expect(app.store.getState().body?.bytes).toEqual(engine.body));
  });
});
