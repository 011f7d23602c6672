import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createHarJoiner } from "#core/export/to-har.ts";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startEngine } from "../../helpers/start-engine.ts";

const Pair = z.strictObject({ name: z.string(), value: z.string() });
const size = z.int().min(-1);
const ms = z.number().min(0);
/** What HAR 1.2 asks for; names of one's own begin with an underscore. */
const Entry = z.strictObject({
  startedDateTime: z.iso.datetime(),
  time: ms,
  request: z.strictObject({
    ...{ method: z.string(), url: z.url(), httpVersion: z.string(), cookies: z.array(Pair), headers: z.array(Pair) },
    ...{ queryString: z.array(Pair), headersSize: size, bodySize: size },
    postData: z.strictObject({ mimeType: z.string(), text: z.string(), _bodyBase64: z.string().optional() }).optional(),
  }),
  response: z.strictObject({
    ...{ status: z.int(), statusText: z.string(), httpVersion: z.string(), cookies: z.array(Pair) },
    ...{ headers: z.array(Pair), content: z.strictObject({ size: z.int(), mimeType: z.string() }) },
    ...{ redirectURL: z.string(), headersSize: size, bodySize: size, comment: z.string() },
  }),
  cache: z.strictObject({}),
  timings: z.strictObject({ send: ms, wait: ms, receive: ms }),
  _delivery: z.looseObject({ id: z.string(), path: z.string() }),
});
const Har = z.strictObject({
  log: z.strictObject({
    version: z.literal("1.2"),
    creator: z.strictObject({ name: z.string(), version: z.string().min(1) }),
    entries: z.array(Entry),
  }),
});
const read = (text = "") => Har.parse(JSON.parse(text)).log.entries;

describe("exporting HAR", () => {
  it("is HAR 1.2 with what came, what was answered, and nothing that the rules take out", async () => {
    await using started = await startEngine({ webhookSecret: "sig_sec_of-the-account" });
    const { client, engine } = started;
    const headers = { Authorization: "Bearer private" };
    const bytes = Buffer.from([0xff, 0x00]);
    await sendDelivery(`${engine.listenerUrl}/a|b?x=1%zz&y='`, { body: '{"a":"é"}', headers, secret: "s" });
    await sendDelivery(engine.listenerUrl, { body: bytes });

    const { files } = await client.call("export.create", { format: "har", ids: ["d1", "d2"] });

    const [text, binary] = read(files[0]?.text);
    expect(files.map(({ name }) => name)).toEqual(["deliveries.har"]);
    expect(files[0]?.text).not.toMatch(/private|of-the-account/);
    expect(text).toMatchObject({
      request: { method: "POST", postData: { mimeType: "application/json", text: '{"a":"é"}' }, bodySize: 10 },
      response: { status: 202, statusText: "Accepted" },
    });
    expect(new URL(text?.request.url ?? "").host).toMatch(/^redacted-/);
    expect(text?.request.queryString[0]?.name).toBe("x");
    expect(binary?.request.postData).toMatchObject({ text: "", _bodyBase64: bytes.toString("base64") });
  });

  it("joins documents part by part into one, also where one has no entries", async () => {
    await using started = await startEngine();
    const { client, engine } = started;
    for (let n = 0; n < 3; n++) await sendDelivery(engine.listenerUrl);
    const create = async (ids: string[]) =>
      (await client.call("export.create", { format: "har", ids })).files[0]?.text ?? "";
    const joiner = createHarJoiner();

    const parts = [await create(["d9"]), await create(["d1"]), await create(["d8"]), await create(["d2", "d3"])];
    const joined = parts.map(joiner.add).join("") + joiner.end();

    expect(read(joined)).toEqual(read(await create(["d1", "d2", "d3"])));
    expect(read(parts[0])).toEqual([]);
  });
});
