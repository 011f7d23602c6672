import { describe, expect, it, vi } from "vitest";
import { markTo, toggleFold, toggleMark } from "../../../src/renderer/actions/mark-actions.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { sampleDelivery } from "../samples.ts";
import { app, engine, openWindow, receive, rows } from "./window.ts";

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
