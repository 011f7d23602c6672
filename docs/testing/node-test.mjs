// node --test docs/testing/node-test.mjs
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInspector } from "apivideo-inspector";
import { startHandler } from "./handler.mjs";

let inspector;
let handler;

before(async () => {
  inspector = await startInspector();
  handler = await startHandler(inspector.webhookSecret);
  await inspector.forwardTo(handler.port);
});

after(async () => {
  await inspector?.stop();
  handler?.stop();
});

test("a rendition that is ready is kept", async () => {
  await inspector.trigger("video.encoding.quality.completed", { set: { videoId: "vi1", quality: "720p" } });
  const delivery = await inspector.waitFor("type:video.encoding.quality.completed status:204");
  assert.equal(delivery.verification.state, "verified");
  assert.deepEqual(handler.ready, ["vi1 720p"]);
});

test("an event signed by a stranger is refused", async () => {
  const [delivery] = await inspector.trigger("video.caption.generated", { signature: "wrong-secret" });
  await inspector.waitFor("type:video.caption.generated status:401");
  const { outcome } = await inspector.replay(delivery.id, { sign: { secret: inspector.webhookSecret } });
  assert.equal(outcome.status, 204);
});
