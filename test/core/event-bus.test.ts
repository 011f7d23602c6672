import { describe, expect, it } from "vitest";
import { createEventBus } from "#core/event-bus.ts";
import { silentLog } from "../helpers/silent-log.ts";

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
});
