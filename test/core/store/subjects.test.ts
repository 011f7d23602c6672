import { describe, expect, it } from "vitest";
import type { Store } from "#core/store/store.ts";
import type { NewDelivery } from "#core/store/stored-delivery.ts";
import { formatSubject } from "#shared/domain/subject.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { newDelivery, openTestStore } from "./test-store.ts";

const ALL = { kind: null, text: "", limit: 25 } as const;
const LIVE = { kind: "live-stream", id: "li1" } as const;

function about(subject: NewDelivery["subject"], change: Partial<NewDelivery> = {}): NewDelivery {
  const body = JSON.stringify({ ...subject, n: Math.random() });
  return newDelivery(body, { type: "video.encoding.quality.completed", subject, ...change });
}

async function keep(store: Store, ...deliveries: NewDelivery[]): Promise<void> {
  for (const delivery of deliveries) await store.append(delivery);
}

const idsOf = async (store: Store, choice: Parameters<Store["subjects"]["list"]>[0] = ALL) =>
  (await store.subjects.list(choice)).subjects.map(({ subject }) => formatSubject(subject));

describe("the subjects of the store", () => {
  it("are listed by their last delivery, with what is kept of each", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    await keep(
      store,
      about({ videoId: "vi1" }, { receivedAt: Date.parse("2026-07-01T09:30:00Z") }),
      about({ videoId: "vi2" }),
      about({}),
      about({ videoId: "vi1" }, { detail: "hls 720p", verification: { state: "failed", cause: "no-match" } }),
    );

    const { subjects, hasMore } = await store.subjects.list(ALL);

    expect(hasMore).toBe(false);
    expect(subjects.map(({ subject }) => subject)).toEqual([
      { kind: "video", id: "vi1" },
      { kind: "video", id: "vi2" },
    ]);
    expect(subjects[0]).toMatchObject({
      deliveries: 2,
      failed: 1,
      firstAt: "2026-07-01T09:30:00.000Z",
      last: { id: "d4", type: "video.encoding.quality.completed", detail: "hls 720p" },
    });
  });

  it("know of a recording which live stream it is of, and of a live stream what its recordings got", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    await keep(
      store,
      about({ liveStreamId: "li1" }, { type: "live-stream.broadcast.started" }),
      about({ liveStreamId: "li1", videoId: "vi1" }, { type: "video.source.recorded" }),
      about({ videoId: "vi1" }),
    );

    const { subjects } = await store.subjects.list(ALL);
    const timeline = await store.subjects.timeline(LIVE, 10);

    expect(subjects[0]).toMatchObject({ subject: { kind: "video", id: "vi1" }, liveStreamId: "li1", deliveries: 2 });
    expect(subjects[1]).toMatchObject({ subject: LIVE, deliveries: 2 });
    expect(timeline.deliveries.map(({ id }) => id)).toEqual(["d2", "d1"]);
  });

  it("are narrowed to a kind and to a part of the id, whatever its case", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    await keep(store, about({ videoId: "viAbC" }), about({ videoId: "vi%_" }), about({ liveStreamId: "liabc" }));

    expect(await idsOf(store, { ...ALL, text: "aBc" })).toEqual(["live:liabc", "video:viAbC"]);
    expect(await idsOf(store, { ...ALL, kind: "video" })).toEqual(["video:vi%_", "video:viAbC"]);
    expect(await idsOf(store, { ...ALL, text: "%_" })).toEqual(["video:vi%_"]);
    expect(await idsOf(store, { ...ALL, text: "nobody" })).toEqual([]);
  });

  it("say that there are more than were asked for", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    await keep(store, ...["vi1", "vi2", "vi3"].map((videoId) => about({ videoId })));

    expect(await store.subjects.list({ ...ALL, limit: 2 })).toMatchObject({ hasMore: true });
    expect(await store.subjects.list({ ...ALL, limit: 3 })).toMatchObject({ hasMore: false });
    expect(await idsOf(store, { ...ALL, limit: 2 })).toEqual(["video:vi3", "video:vi2"]);
  });

  it("are counted over all slices, and leave out what was deleted", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    const many = Array.from({ length: 10_100 }, (_, n) => about({ videoId: n % 2 === 0 ? "even" : "odd" }));
    await Promise.all(many.map((delivery) => store.append(delivery)));
    await store.hide(["d10100", "d1"]);

    const { subjects } = await store.subjects.list(ALL);
    const timeline = await store.subjects.timeline({ kind: "video", id: "even" }, 3);

    expect(subjects.map(({ subject, deliveries }) => [subject.id, deliveries])).toEqual([
      ["even", 5_049],
      ["odd", 5_049],
    ]);
    expect(timeline).toMatchObject({
      total: 5_049,
      deliveries: [{ id: "d10099" }, { id: "d10097" }, { id: "d10095" }],
    });
  });
});
