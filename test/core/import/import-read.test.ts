import { describe, expect, it } from "vitest";
import type { CommandOutput } from "#shared/contract/types.ts";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { type StartedEngine, startEngine } from "../../helpers/start-engine.ts";

type Detail = CommandOutput<"deliveries.get">;

const SECRET = "sig_sec_of-the-webhook";

async function exported({ client }: StartedEngine, format: "jsonl" | "har", query = ""): Promise<string> {
  return (await client.call("export.create", { format, query })).files[0]?.text ?? "";
}

async function bodyOf({ client }: StartedEngine, id: string): Promise<Buffer> {
  return Buffer.from((await client.call("deliveries.body", { id })).base64, "base64");
}

/** What two engines must say alike of a delivery that went from one to the other. */
function ownOf({ method, path, headers, bodySha256, bodyBytes, receivedAt, type, subject, answered }: Detail) {
  return { method, path, headers, bodySha256, bodyBytes, receivedAt, type, subject, answered: answered?.status };
}

/** An engine with a delivery of JSON and one of bytes that are no UTF-8, signed, with all headers to be exported. */
async function withTwo(): Promise<StartedEngine> {
  const started = await startEngine({ connect: false });
  await started.client.call("settings.update", { redact: [] });
  const url = `${started.engine.listenerUrl}/hook%20a?x=1&y=%zz`;
  await sendDelivery(url, { webhookId: "wh1", secret: SECRET, headers: { "X-Odd": "caf\u00e9" } });
  await sendDelivery(url, { webhookId: "wh1", secret: SECRET, body: Buffer.from([0xff, 0x00, 0x0a, 0xfe]) });
  return started;
}

describe("import.read", () => {
  it.each(["jsonl", "har"] as const)(
    "keeps of %s the exact request and its time, checked with the secrets here",
    async (format) => {
      await using from = await withTwo();
      await from.client.call("deliveries.note", { id: "d1", note: "two\nlines" });
      await from.client.call("deliveries.pin", { id: "d1" });
      await using to = await startEngine({ connect: false });
      await to.client.call("secrets.set", { kind: "webhook", webhookId: "wh1", value: SECRET });
      await sendDelivery(to.engine.listenerUrl);

      const result = await to.client.call("import.read", { format, text: await exported(from, format) });

      expect(result).toEqual({ imported: 2, ids: ["d2", "d3"], skipped: [], alreadyHere: [], ignored: 0 });
      for (const [id, original] of [
        ["d2", "d1"],
        ["d3", "d2"],
      ] as const) {
        const imported = await to.client.call("deliveries.get", { id });
        expect(ownOf(imported)).toEqual(ownOf(await from.client.call("deliveries.get", { id: original })));
        expect(imported).toMatchObject({ source: "imported", verification: { state: "verified" }, pinned: false });
        expect(imported.timings.committedMs).toBeNull();
        expect(await bodyOf(to, id)).toEqual(await bodyOf(from, original));
      }
      expect(await to.client.call("deliveries.get", { id: "d2" })).toMatchObject({ note: "two\nlines" });
    },
  );

  it("tells of each as the list has it, and of nothing that arrived", async () => {
    await using from = await withTwo();
    await from.client.call("deliveries.note", { id: "d1", note: "the first" });
    await using receiver = await startReceiver();
    await using to = await startEngine({ connect: false });
    await to.client.call("settings.update", { forwardTo: receiver.url });
    await to.client.call("hold.set", { next: null });

    await to.client.call("import.read", { format: "jsonl", text: await exported(from, "jsonl") });

    const told = to.events.flatMap(({ name, payload }) => (name === "delivery.received" ? [payload] : []));
    const { items } = await to.client.call("deliveries.list", {});
    expect(told.toReversed()).toEqual(items);
    await to.client.call("hold.clear", {});
    await sendDelivery(to.engine.listenerUrl, { body: "after" });
    await expect.poll(() => receiver.requests.map(({ body }) => body.toString())).toEqual(["after"]);
    expect((await to.client.call("deliveries.list", { query: "status:none" })).total).toBe(2);
  });

  it("takes what was redacted as it is in the file", async () => {
    await using from = await withTwo();
    const rules = { format: "jsonl", ids: ["d1"], redact: ["body:videoId", "header:X-Api-Video-Signature"] } as const;
    const { files } = await from.client.call("export.create", {
      ...rules,
      ids: [...rules.ids],
      redact: [...rules.redact],
    });

    const result = await from.client.call("import.read", { format: "jsonl", text: files[0]?.text ?? "" });

    expect(result).toMatchObject({ ids: ["d3"], alreadyHere: [], skipped: [] });
    expect(await from.client.call("deliveries.get", { id: "d3" })).toMatchObject({
      subject: { videoId: expect.stringMatching(/^redacted-/) },
      webhookId: "wh1",
    });
  });

  it("knows what is here already, and imports it again once that was deleted", async () => {
    await using started = await withTwo();
    await started.client.call("settings.update", { redact: ["header:Host"] });
    const text = await exported(started, "jsonl");
    const read = () => started.client.call("import.read", { format: "jsonl", text });

    expect(await read()).toMatchObject({
      imported: 0,
      skipped: [],
      alreadyHere: [
        { number: 1, id: "d1" },
        { number: 2, id: "d2" },
      ],
    });
    await started.client.call("deliveries.delete", { ids: ["d1"] });
    expect(await read()).toMatchObject({ ids: ["d3"], alreadyHere: [{ number: 2, id: "d2" }] });
    await started.client.call("deliveries.delete", { ids: ["d3"] });
    expect(await read()).toMatchObject({ ids: ["d4"] });
    expect(await started.client.call("deliveries.get", { id: "d4" })).not.toHaveProperty("duplicateOf");
  });

  it("imports twice what came twice in one millisecond, and each once", async () => {
    await using started = await startEngine({ connect: false });
    const line = JSON.stringify({ ...RECORD, receivedAt: "2026-01-02T03:04:05.678Z" });
    const read = (text: string) => started.client.call("import.read", { format: "jsonl", text });

    expect(await read(`${line}\n${line}\n`)).toMatchObject({ ids: ["d1", "d2"], alreadyHere: [] });
    expect(await read(`${line}\n${line}\n${line}\n`)).toMatchObject({ ids: ["d3"], alreadyHere: [{}, {}] });
    expect(await started.client.call("deliveries.get", { id: "d3" })).toMatchObject({ duplicateOf: "d1" });
  });

  it("is no repeat of what arrived, nor does what arrives repeat it", async () => {
    await using started = await startEngine({ connect: false });
    const body = encodingEvent();
    await sendDelivery(started.engine.listenerUrl, { body });
    const text = JSON.stringify({ ...RECORD, path: "/", bodyBase64: Buffer.from(body).toString("base64") });

    await started.client.call("import.read", { format: "jsonl", text });
    await sendDelivery(`${started.engine.listenerUrl}/other`, { body });

    const { items } = await started.client.call("deliveries.list", {});
    expect(items.map(({ id, duplicateOf }) => [id, duplicateOf])).toEqual([
      ["d3", undefined],
      ["d2", undefined],
      ["d1", undefined],
    ]);
  });

  it("names the lines that cannot be read, with the reason, and imports the others", async () => {
    await using started = await startEngine({ connect: false });
    const lines = [
      `\ufeff${JSON.stringify(RECORD)}`,
      "",
      "{oops",
      "[1]",
      JSON.stringify({ ...RECORD, headers: [["A"]] }),
      JSON.stringify({ ...RECORD, bodyBytes: 3 }),
      JSON.stringify({ ...RECORD, bodySha256: "00" }),
      JSON.stringify({ ...RECORD, bodyBase64: "a b" }),
      JSON.stringify({ ...RECORD, method: "GET /\r\nX:" }),
      JSON.stringify({ ...RECORD, path: "/a b" }),
      JSON.stringify({ ...RECORD, headers: [["A", "1\r\nB: 2"]] }),
      JSON.stringify({ ...RECORD, incomplete: "cut" }),
      JSON.stringify({ ...RECORD, receivedAt: "yesterday", note: 1, answered: {}, type: { __proto__: [] } }),
    ];

    const result = await started.client.call("import.read", { format: "jsonl", text: lines.join("\r\n") });

    expect(result.ids).toEqual(["d1", "d2"]);
    expect(result.skipped).toEqual([
      { number: 3, why: "It is no JSON." },
      { number: 4, why: "It is no JSON object." },
      { number: 5, why: expect.stringMatching(/^(?:It has no|Its) headers\.0/) },
      { number: 6, why: "Its body has 2 bytes, and should have 3." },
      { number: 7, why: "Its body is not the one that its SHA-256 is of." },
      { number: 8, why: "Its body is no base64." },
      { number: 9, why: "Its method is none that HTTP can carry." },
      { number: 10, why: expect.stringContaining("Its path") },
      { number: 11, why: expect.stringContaining("Its header 1") },
      { number: 12, why: "Only a part of it arrived." },
    ]);
  });

  it("takes the time of the import where the file's cannot be", async () => {
    await using started = await startEngine({ connect: false });
    const before = new Date().toISOString();
    const times = ["1999-12-31T00:00:00Z", "9999-01-01T00:00:00Z", "2026-01-01", "2020-01-01T01:00:00+01:00"];
    const text = times.map((receivedAt) => JSON.stringify({ ...RECORD, receivedAt })).join("\n");

    await started.client.call("import.read", { format: "jsonl", text });

    const { items } = await started.client.call("deliveries.list", {});
    const received = items.map(({ receivedAt }) => receivedAt).reverse();
    expect(received[3]).toBe("2020-01-01T00:00:00.000Z");
    for (const at of received.slice(0, 3)) expect(at >= before).toBe(true);
  });

  it("refuses what is no HAR, and more than it takes at once", async () => {
    await using started = await startEngine({ connect: false });
    const read = (format: "har" | "jsonl", text: string) => started.client.call("import.read", { format, text });

    for (const text of ["", "[]", '{"log":{}}', "{oops"])
      await expect(read("har", text)).rejects.toMatchObject({ code: "input.invalid", message: /no HAR/ });
    await expect(read("jsonl", "\n".repeat(10_001))).rejects.toMatchObject({ message: /in parts/ });
    await expect(read("jsonl", "x".repeat(33 * 1024 * 1024))).rejects.toMatchObject({ message: /in parts/ });
    expect(await read("jsonl", "")).toMatchObject({ imported: 0, skipped: [] });
  });
});

/** The least that makes a delivery. */
const RECORD = {
  method: "POST",
  path: "/hook",
  headers: [["Host", "a"]],
  bodyBase64: Buffer.from("{}").toString("base64"),
};
