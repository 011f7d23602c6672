import { startInspector } from "apivideo-inspector";
import { expect, test } from "vitest";
import { startHandler } from "./handler.mjs";

test("a rendition that comes twice is answered twice", async () => {
  await using inspector = await startInspector();
  const handler = await startHandler(inspector.webhookSecret);
  await inspector.forwardTo(handler.port);

  const [first] = await inspector.trigger("video.encoding.quality.completed", { set: { quality: "1080p" } });
  await inspector.waitFor("quality=1080p status:204");
  const again = await inspector.replay(first?.id ?? "");

  expect(again.outcome).toMatchObject({ kind: "answered", status: 204 });
  expect(handler.ready).toHaveLength(2);
  handler.stop();
});
