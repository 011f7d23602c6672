import { describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import { START } from "../../../src/renderer/state/hash.ts";
import { newCount } from "../../../src/renderer/state/selectors.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { sampleDelivery } from "../samples.ts";
import { app, callsOf, engine, ids, list, openOn, openWindow, receive, rows } from "./window.ts";

/** Several searches one after the other, however little of the machine is left for them. */
const BUSY = { timeout: 4_000 };

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
    try {
      await vi.waitFor(() => expect(rows()?.length).toBeGreaterThan(5), BUSY);
    } finally {
      clearInterval(timer);
    }

    await vi.waitFor(() => expect(rows()).toHaveLength(engine.deliveries.length), BUSY);
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
