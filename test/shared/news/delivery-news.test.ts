import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { createDeliveryNews, newsReason } from "#shared/news/delivery-news.ts";
import { createNews, type NewsItem } from "#shared/news/news.ts";
import { sampleDelivery, sampleEvent } from "../../renderer/samples.ts";

const RULE = { path: true, failedSignature: true, types: ["video.caption.generated"] };
const MINUTE = 60_000;

const failed = (id: string): DeliverySummary => sampleDelivery({ id, verification: { state: "failed" } });
const captions = (id: string): DeliverySummary => sampleDelivery({ id, type: "video.caption.generated" });

let told: NewsItem[];
beforeEach(() => {
  told = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe("what is news", () => {
  it("is a failed signature, before the type", () => {
    expect(newsReason({ ...captions("d1"), verification: { state: "failed" } }, RULE)).toEqual({ kind: "failed" });
  });

  it("is a type that was chosen, and no other", () => {
    expect(newsReason(captions("d1"), RULE)).toEqual({ kind: "type", type: "video.caption.generated" });
    expect(newsReason(sampleDelivery(), RULE)).toBeNull();
    expect(newsReason(sampleDelivery({ type: null }), RULE)).toBeNull();
  });

  it("is nothing that was not asked for", () => {
    expect(newsReason(failed("d1"), { ...RULE, failedSignature: false })).toBeNull();
  });
});

describe("news of deliveries", () => {
  const start = () => createDeliveryNews((item) => told.push(item));

  it("tells the first at once, and which delivery to show", () => {
    start().note(failed("d1"), RULE);

    expect(told).toEqual([
      { title: "A signature failed", body: "Rendition ready. Open it to see why.", deliveryId: "d1" },
    ]);
  });

  it("does not quote what a stranger sent", () => {
    start().note({ ...failed("d1"), type: "Your bank: call \u202E now" }, RULE);

    expect(told[0]?.body).toBe("A delivery of an unknown type. Open it to see why.");
  });

  it("tells those of the next minute together, and shows the newest", () => {
    const news = start();
    for (let n = 1; n <= 6; n++) news.note(failed(`d${n}`), RULE);

    vi.advanceTimersByTime(MINUTE - 1);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(1);

    expect(told[1]).toMatchObject({
      title: "5 deliveries with a failed signature in the last minute",
      deliveryId: "d6",
    });
  });

  it("tells of several kinds in one", () => {
    const news = start();
    for (const delivery of [failed("d1"), failed("d2"), captions("d3"), captions("d4")]) news.note(delivery, RULE);
    vi.advanceTimersByTime(MINUTE);

    expect(told[1]).toMatchObject({
      title: "3 deliveries in the last minute",
      body: "1 with a failed signature, 2 × Captions ready",
    });
  });

  it("is never a flood: once a minute, whatever comes", () => {
    const news = start();
    for (let second = 0; second < 600; second++) {
      for (let n = 0; n < 50; n++) news.note(failed(`d${second * 50 + n + 1}`), RULE);
      vi.advanceTimersByTime(1_000);
    }

    expect(told.length).toBe(11);
    expect(told.at(-1)?.title).toBe("3000 deliveries with a failed signature in the last minute");
  });

  it("tells nothing more of what has been seen meanwhile", () => {
    const news = start();
    news.note(failed("d1"), RULE);
    news.note(failed("d2"), RULE);

    news.looked();
    vi.advanceTimersByTime(10 * MINUTE);

    expect(told).toHaveLength(1);
  });

  it("is at once again after a quiet minute", () => {
    const news = start();
    news.note(failed("d1"), RULE);
    vi.advanceTimersByTime(MINUTE);

    news.note(failed("d2"), RULE);

    expect(told.map(({ deliveryId }) => deliveryId)).toEqual(["d1", "d2"]);
  });
});

describe("all news together", () => {
  const start = (isLookedAt: () => boolean, rule = RULE) =>
    createNews({ tell: (item) => told.push(item), isLookedAt, rule: () => rule });

  it("is silent while somebody looks at the window, and does not tell it afterwards", () => {
    let isLookedAt = true;
    const news = start(() => isLookedAt);
    news.followEvent(sampleEvent(1, "delivery.received", failed("d1")));
    isLookedAt = false;
    vi.advanceTimersByTime(10 * MINUTE);

    expect(told).toEqual([]);
  });

  it("is silent of what the user made by editing or imported", () => {
    const news = start(() => false);
    news.followEvent(sampleEvent(1, "delivery.received", { ...failed("d1"), source: "imported" }));
    news.followEvent(sampleEvent(1, "delivery.received", { ...failed("d2"), source: "edited", originId: "d1" }));
    vi.advanceTimersByTime(10 * MINUTE);

    expect(told).toEqual([]);
  });

  it("leaves the path out where it is not wanted", () => {
    const news = start(() => false, { ...RULE, path: false });
    const fault = { kind: "network" as const, message: "The relay is gone.", retryable: true };
    news.followTunnel({
      provider: "localtunnel",
      phase: "reconnecting",
      url: null,
      lostSince: "2026-11-24T10:00:00Z",
      fault,
    });
    vi.advanceTimersByTime(MINUTE);

    expect(told).toEqual([]);
  });
});
