import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "#core/store/store.ts";
import { times } from "../../helpers/fuzz.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { newDelivery, openTestStore } from "./test-store.ts";

const dir = tempDir();
let store: Store;

beforeAll(async () => {
  store = await openTestStore(dir.path);
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

const QUERIES = [
  "",
  "sig:failed",
  "type:live-stream",
  "video:vi1",
  "path:/hook",
  "path:/other",
  "720p",
  "-720p",
  "quality=720p",
  "quality=720p -type:live-stream",
  "is:repeat",
];

const delivery = fc.record({
  body: fc.constantFrom('{"quality":"720p"}', '{"quality":"1080p"}', "no json 720p", ""),
  path: fc.constantFrom("/hook", "/wi-abc123456789/hook?x=1", "/wi-abc123456789", "/other"),
  type: fc.constantFrom("video.encoding.quality.completed", "live-stream.broadcast.started", null),
  videoId: fc.constantFrom("vi1", "vi2"),
  state: fc.constantFrom("verified" as const, "failed" as const),
});

describe("a stored delivery", () => {
  it("is found by exactly the searches that list it", async () => {
    await fc.assert(
      fc.asyncProperty(delivery, async ({ body, path, type, videoId, state }) => {
        const { id } = await store.append(
          newDelivery(body, { path, type, subject: { videoId }, verification: { state } }),
        );

        const matched = await store.matching(id, QUERIES);

        const listed = await Promise.all(
          QUERIES.map(async (query) => (await store.list(`${query} id:${id}`.trim(), {}, 1)).total === 1),
        );
        expect(matched).toEqual(listed);
      }),
      { numRuns: times(60) },
    );
  });

  it("is found by its words as soon as it is stored, however many came with it", async () => {
    const appended = await Promise.all(
      Array.from({ length: 300 }, (_, n) => store.append(newDelivery(`{"n":"only${n}"}`))),
    );
    const last = appended.at(-1)?.id ?? "";

    expect(await store.matching(last, ["only299", "only298", "n=only299"])).toEqual([true, false, true]);
  });

  it("is found by its path with and without the segment of our own URLs", async () => {
    const { id } = await store.append(newDelivery("", { path: "/wi-abc123456789/shop/hook?x=1" }));

    const matched = await store.matching(id, [
      "path:/shop",
      "path:/wi-abc",
      "path:/hook",
      "path:/shop/hook?x",
      "path:/SHOP",
    ]);

    expect(matched).toEqual([true, true, false, true, false]);
  });

  it("that is gone is found by none, whatever is asked", async () => {
    const { id } = await store.append(newDelivery("720p"));
    await store.hide([id]);

    expect(await store.matching(id, ["", "720p", "-720p"])).toEqual([false, false, false]);
    expect(await store.matching("d999999", ["", "720p"])).toEqual([false, false]);
  });

  it("is asked for with searches that can be read", async () => {
    await expect(store.matching("d1", ["nokey:x"])).rejects.toMatchObject({ code: "input.invalid" });
  });
});

describe("the tries of a sender", () => {
  it("are what came with the same body within a minute, asked for by any of them", async () => {
    const body = "tried again";
    const first = await store.append(newDelivery(body));
    await store.append(newDelivery("another"));
    const second = await store.append(newDelivery(body));
    const third = await store.append(newDelivery(body));

    for (const { id } of [first, second, third]) {
      expect((await store.tries(id)).map((one) => one.id)).toEqual([first.id, second.id, third.id]);
    }
  });

  it("have what each was answered, also after the store was closed", async () => {
    using own = tempDir();
    {
      await using first = await openTestStore(own.path);
      const { id, answered } = await first.append(newDelivery("x", { status: null }));
      answered(null);
      const by = { kind: "rule", name: "Busy" } as const;
      expect(await first.setAnswer(id, { status: 503, ms: 12.345, by })).toMatchObject({
        answered: { status: 503, ms: 12.35, by },
      });
    }

    await using again = await openTestStore(own.path);

    const [delivery] = (await again.list("", {}, 1)).items;
    expect(delivery?.answered).toEqual({ status: 503, ms: 12.35, by: { kind: "rule", name: "Busy" } });
    expect((await again.get("d1"))?.timings).toMatchObject({ answeredMs: 12.35, committedMs: expect.any(Number) });
  });
});
