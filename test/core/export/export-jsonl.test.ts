import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startEngine } from "../../helpers/start-engine.ts";

function read(text = ""): Record<string, unknown>[] {
  expect(text.endsWith("\n")).toBe(true);
  return text
    .slice(0, -1)
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("exporting JSON lines", () => {
  it("has a line per delivery with all that is its own, exact bytes and headers in their order", async () => {
    await using started = await startEngine();
    const { client, engine } = started;
    const bodies = [Buffer.from(encodingEvent()), Buffer.from([0xff, 0x00, 0x0a, 0x27])];
    for (const body of bodies) await sendDelivery(`${engine.listenerUrl}/hook?a=1`, { body, webhookId: "wh1" });
    await client.call("settings.update", { redact: [] });
    await client.call("deliveries.note", { id: "d1", note: "two\nlines" });

    const { files } = await client.call("export.create", { format: "jsonl", ids: ["d1", "d2"] });

    const records = read(files[0]?.text);
    expect(files.map(({ name }) => name)).toEqual(["deliveries.jsonl"]);
    for (const [n, body] of bodies.entries()) {
      const { attempts, diagnosis, timings, ...own } = await client.call("deliveries.get", { id: `d${n + 1}` });
      expect(records[n]).toEqual({ ...own, bodyBase64: body.toString("base64") });
      expect(own.bodySha256).toBe(createHash("sha256").update(body).digest("hex"));
    }
  });

  it("takes out what the rules name from facts, note and hash as well", async () => {
    await using started = await startEngine({ webhookSecret: "sig_sec_of-the-account" });
    const { client, engine } = started;
    const body = encodingEvent({ videoId: "vi-private", quality: "vi-private" });
    const headers = { Authorization: "Bearer 123" };
    await sendDelivery(`${engine.listenerUrl}/vi-private`, { body, headers, webhookId: "wh-private", secret: "s" });
    await client.call("deliveries.note", { id: "d1", note: "about vi-private" });
    const { bodySha256 } = await client.call("deliveries.get", { id: "d1" });

    const { files } = await client.call("export.create", {
      format: "jsonl",
      ids: ["d1"],
      redact: ["value:vi-private", "header:X-Api-Video-WebhookID"],
    });

    const [record] = read(files[0]?.text);
    const bytes = Buffer.from(String(record?.["bodyBase64"]), "base64");
    expect(files[0]?.text).not.toMatch(/private|Bearer|of-the-account/);
    expect(files[0]?.text).not.toContain(bodySha256);
    expect(bytes.toString()).not.toContain("private");
    expect(record).toMatchObject({
      note: expect.stringMatching(/^about redacted-[0-9a-f]{8}$/),
      bodyBytes: bytes.length,
      bodySha256: createHash("sha256").update(bytes).digest("hex"),
    });
  });
});
