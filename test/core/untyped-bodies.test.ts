import { expect, it } from "vitest";
import { UNTYPED_BODIES } from "#shared/api-video/payload.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { startEngine } from "../helpers/start-engine.ts";

it.each<[string, string | Buffer, string | undefined]>([
  ["a binary body", Buffer.from([0xff, 0xfe, 0x00]), UNTYPED_BODIES.binary],
  ["a body that is no JSON", "{oops", UNTYPED_BODIES.text],
  ["JSON that names no type", '{"a":1}', UNTYPED_BODIES.json],
  ["JSON that is no object", "[1]", UNTYPED_BODIES.json],
  ["an empty body, by its size alone", "", undefined],
  ["an event, by its own words", '{"type":"x","quality":"720p"}', "720p"],
])("says what %s is, so that it looks like no other in the list", async (_name, body, detail) => {
  await using engine = await startEngine();

  await sendDelivery((await engine.client.call("app.snapshot", {})).listener.url, { body });

  const { items } = await engine.client.call("deliveries.list", {});
  expect(items[0]?.detail).toBe(detail);
  expect(items[0]?.bodyBytes).toBe(Buffer.from(body).length);
});
