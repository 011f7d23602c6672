import { describe, expect, it } from "vitest";
import { createEventBus } from "#core/event-bus.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { sampleDelivery } from "../renderer/samples.ts";

describe("the stream of events", () => {
  it("reaches every subscriber, though one before it breaks", () => {
    const log = silentLog();
    const events = createEventBus(log);
    const seen: string[] = [];
    events.subscribe(() => {
      throw new TypeError("broken");
    });
    events.subscribe(({ name }) => seen.push(name));

    events.publish("webhooks.changed", {});

    expect(seen).toEqual(["webhooks.changed"]);
    expect(log.lines).toEqual(['error events.subscriber_broke TypeError: broken {"event":"webhooks.changed"}']);
  });

  it("keeps two thousand for those that were away, and fewer where a sender makes them long", () => {
    const events = createEventBus(silentLog());
    const publish = (count: number, pathChars: number) => {
      for (let n = 0; n < count; n++)
        events.publish("delivery.received", sampleDelivery({ path: `/${"x".repeat(pathChars)}` }));
    };

    publish(2_500, 10);
    expect(events.since(500)).toHaveLength(2_000);
    expect(events.since(499)).toBeNull();

    publish(100, 200_000);
    expect(events.since(500)).toBeNull();
    const kept = Array.from({ length: 100 }, (_, n) => events.since(2_500 + n)).find((some) => some !== null);
    expect(kept?.length).toBeGreaterThan(8);
    expect(JSON.stringify(kept).length).toBeLessThan(2_100_000);

    publish(2_500, 10);
    expect(events.since(events.seq - 2_000)).toHaveLength(2_000);
  });
});
