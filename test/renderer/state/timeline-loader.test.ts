import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SubjectRef } from "#shared/domain/subject.ts";
import { AppError } from "#shared/errors.ts";
import type { App } from "../../../src/renderer/app-context.ts";
import { createApp } from "../../../src/renderer/create-app.ts";
import { START } from "../../../src/renderer/state/hash.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { createFakeEngine, type FakeEngine } from "../fake-client.ts";
import { createFakeShell } from "../fake-shell.ts";
import { sampleDelivery, sampleSubject } from "../samples.ts";

const VIDEO: SubjectRef = { kind: "video", id: "vi1" };

let engine: FakeEngine;
let app: App;

beforeEach(() => {
  engine = createFakeEngine();
});
afterEach(() => app.stop());

function openWindow(): void {
  app = createApp({
    connection: engine,
    shell: createFakeShell(),
    place: { ...START, area: "timeline" },
    schedule: queueMicrotask,
    isHidden: () => false,
    isLookedAt: () => true,
  });
}

const timeline = () => app.store.getState().timeline;
const listed = () => {
  const { list } = timeline();
  return list.kind === "ready" ? list.value.subjects.map(({ subject, deliveries }) => [subject.id, deliveries]) : null;
};
const laneIds = () => {
  const lane = timeline().lanes["video:vi1"];
  return lane?.kind === "ready" ? lane.value.deliveries.map(({ id }) => id) : null;
};
const callsOf = (name: string) => engine.calls.filter((call) => call.name === name);

describe("the list of subjects", () => {
  it("is there when the window opens in the timeline, and puts on top what a delivery is about", async () => {
    engine.subjects = [sampleSubject({ subject: { kind: "video", id: "vi2" } }), sampleSubject()];
    openWindow();
    await vi.waitFor(() => expect(listed()).toHaveLength(2));

    engine.publish("delivery.received", sampleDelivery({ id: "d9" }));

    await vi.waitFor(() =>
      expect(listed()).toEqual([
        ["vi1", 2],
        ["vi2", 1],
      ]),
    );
  });

  it("begins with the oldest delivery, also where that is imported last", async () => {
    engine.subjects = [sampleSubject()];
    openWindow();
    await vi.waitFor(() => expect(listed()).toHaveLength(1));

    const receivedAt = "2020-01-01T00:00:00.000Z";
    engine.publish("delivery.received", sampleDelivery({ id: "d9", source: "imported", receivedAt }));

    await vi.waitFor(() => expect(listed()).toEqual([["vi1", 2]]));
    expect(timeline().list).toMatchObject({ value: { subjects: [{ firstAt: receivedAt }] } });
  });

  it("takes a new subject at once, and its older deliveries with the next load", async () => {
    openWindow();
    await vi.waitFor(() => expect(listed()).toEqual([]));
    engine.subjects = [sampleSubject({ deliveries: 7 })];

    engine.publish("delivery.received", sampleDelivery({ id: "d9" }));

    await vi.waitFor(() => expect(listed()).toEqual([["vi1", 1]]));
    await vi.waitFor(() => expect(listed()).toEqual([["vi1", 7]]), { timeout: 3_000 });
  });

  it("leaves out what is not chosen", async () => {
    openWindow();
    await vi.waitFor(() => expect(listed()).toEqual([]));
    app.timeline.choose({ kind: "live-stream", text: "LI" });
    await vi.waitFor(() => expect(callsOf("subjects.list").at(-1)?.input).toMatchObject({ kind: "live-stream" }));

    engine.publish("delivery.received", sampleDelivery({ id: "d8", subject: { videoId: "vi1", liveStreamId: "li1" } }));

    await vi.waitFor(() => expect(listed()).toEqual([["li1", 1]]));
  });

  it("is asked for once, however many letters are typed and deliveries come", async () => {
    engine.subjects = [sampleSubject()];
    openWindow();
    await vi.waitFor(() => expect(listed()).toHaveLength(1));
    const before = callsOf("subjects.list").length;

    for (const text of ["v", "vi", "vi1"]) app.timeline.choose({ text });
    for (let n = 0; n < 50; n++) engine.publish("delivery.received", sampleDelivery({ id: `d${n + 2}` }));

    await vi.waitFor(() => expect(callsOf("subjects.list")).toHaveLength(before + 1));
    expect(callsOf("subjects.list").at(-1)?.input).toMatchObject({ text: "vi1" });
  });

  it("says why it could not be had", async () => {
    engine.beforeAnswer = (name) => {
      if (name === "subjects.list") throw new AppError("host.disconnected", "Nobody answers.");
    };

    openWindow();

    await vi.waitFor(() => expect(timeline().list).toMatchObject({ kind: "failed" }));
  });
});

describe("a lane", () => {
  it("shows what is kept, then what comes, what changes and what is deleted", async () => {
    engine.deliveries = [sampleDelivery()];
    openWindow();
    app.timeline.watch(VIDEO);
    await vi.waitFor(() => expect(laneIds()).toEqual(["d1"]));

    engine.publish("delivery.received", sampleDelivery({ id: "d2" }));
    engine.publish("delivery.received", sampleDelivery({ id: "d3", subject: { videoId: "vi2" } }));
    engine.publish("delivery.updated", sampleDelivery({ id: "d1", pinned: true }));
    await vi.waitFor(() => expect(laneIds()).toEqual(["d2", "d1"]));
    engine.publish("delivery.removed", { ids: null });

    await vi.waitFor(() => expect(laneIds()).toEqual(["d1"]));
    expect(timeline().lanes["video:vi1"]).toMatchObject({ value: { total: 1 } });
  });

  it("has each delivery once that comes while it is being fetched", async () => {
    let isFirst = true;
    engine.beforeAnswer = (name) => {
      if (name !== "subjects.timeline" || !isFirst) return;
      isFirst = false;
      engine.publish("delivery.received", sampleDelivery({ id: "d2" }));
    };
    engine.deliveries = [sampleDelivery()];
    openWindow();
    await vi.waitFor(() => expect(listed()).toEqual([]));

    app.timeline.watch(VIDEO);

    await vi.waitFor(() => expect(laneIds()).toEqual(["d2", "d1"]));
  });

  it("is not asked for when it is only passed by, and goes when nobody watches it any more", async () => {
    openWindow();
    await vi.waitFor(() => expect(listed()).toEqual([]));
    app.timeline.watch({ kind: "video", id: "vi2" })();
    const unwatch = app.timeline.watch(VIDEO);
    const unwatchToo = app.timeline.watch(VIDEO);
    await vi.waitFor(() => expect(laneIds()).toEqual([]));

    unwatch();
    unwatchToo();

    await vi.waitFor(() => expect(timeline().lanes).toEqual({}));
    expect(callsOf("subjects.timeline").map(({ input }) => input["subject"])).toEqual([VIDEO]);
  });
});

describe("looking up", () => {
  it("keeps the reason where api.video could not be asked", async () => {
    engine.beforeAnswer = (name) => {
      if (name === "subjects.lookup") throw new AppError("api.key_missing", "There is no API key.");
    };
    openWindow();

    await app.timeline.lookUp(VIDEO);

    expect(timeline().lookups["video:vi1"]).toEqual({
      kind: "failed",
      code: "api.key_missing",
      message: "There is no API key.",
    });
  });

  it("is never done unasked", async () => {
    engine.subjects = [sampleSubject()];
    openWindow();
    app.timeline.watch(VIDEO);
    setView(app.store, { subject: "video:vi1" });

    await vi.waitFor(() => expect(laneIds()).toEqual([]));
    expect(callsOf("subjects.lookup")).toEqual([]);
  });
});
