import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { describe, expect, it } from "vitest";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { startEngine } from "../helpers/start-engine.ts";

const SECRET = "sig_sec_express";

/** As a widely read tutorial writes it: the parsed body, stringified again, and a plain comparison. */
function tutorialReceiver(): Express {
  const app = express();
  app.use(express.json());
  app.post("/webhook", (request, response) => {
    const signature = request.headers["x-api-video-signature"];
    const expected = createHmac("sha256", SECRET).update(JSON.stringify(request.body)).digest("hex");
    if (signature !== expected) {
      response.status(400).send("Invalid signature");
      return;
    }
    response.status(200).send("Webhook received");
  });
  return app;
}

/** As api.video's guide says: the raw bytes, compared in constant time. */
function guideReceiver(): Express {
  const app = express();
  app.post("/webhook", express.raw({ type: "*/*" }), (request, response) => {
    const expected = createHmac("sha256", SECRET).update(request.body).digest();
    const given = Buffer.from(String(request.headers["x-api-video-signature"] ?? ""), "hex");
    response.sendStatus(given.length === expected.length && timingSafeEqual(given, expected) ? 202 : 401);
  });
  return app;
}

async function serve(app: Express): Promise<AsyncDisposable & { readonly url: string }> {
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/webhook`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

describe("a replayed delivery", () => {
  it.each([
    ["as the tutorial shows", tutorialReceiver, 200],
    ["as api.video's guide shows", guideReceiver, 202],
  ])("passes the signature check of an Express receiver written %s", async (_, receiver, accepted) => {
    await using server = await serve(receiver());
    await using started = await startEngine({ connect: false, webhookSecret: SECRET });
    await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_x", secret: SECRET });
    await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_x", secret: "sig_sec_forged" });

    const genuine = await started.client.call("replay.send", { id: "d1", target: server.url });
    const forged = await started.client.call("replay.send", { id: "d2", target: server.url });

    expect(genuine.outcome).toMatchObject({ kind: "answered", status: accepted });
    expect(forged.outcome.kind === "answered" && forged.outcome.status >= 400).toBe(true);
  });

  it("with spaces in its JSON shows the tutorial's mistake, and passes the guide's check", async () => {
    await using tutorial = await serve(tutorialReceiver());
    await using guide = await serve(guideReceiver());
    await using started = await startEngine({ connect: false, webhookSecret: SECRET });
    const body = encodingEvent().replaceAll(":", ": ");
    await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_x", secret: SECRET, body });
    const replay = (target: string) => started.client.call("replay.send", { id: "d1", target });

    expect((await started.client.call("deliveries.get", { id: "d1" })).verification).toEqual({ state: "verified" });
    expect((await replay(tutorial.url)).outcome).toMatchObject({ status: 400 });
    expect((await replay(guide.url)).outcome).toMatchObject({ status: 202 });
  });
});
