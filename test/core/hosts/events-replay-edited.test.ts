import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { setFields } from "../../../src/core/hosts/cli/set-fields.ts";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { CLI, runChild } from "../../helpers/child.ts";
import { type Receiver, startReceiver } from "../../helpers/receiver.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const REPLAY = [CLI, "events", "replay", "d1"];
const SECRET = "sig_sec_TestVector0000000000001";
const BODY = encodingEvent();

/** A folder with one delivery of a webhook whose secret is known. */
async function keepOne(dataDir: string): Promise<void> {
  await using started = await startEngine({ dataDir, connect: false });
  await started.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_1", value: SECRET });
  await sendDelivery(`${started.engine.listenerUrl}/hook`, { webhookId: "webhook_1", secret: SECRET, body: BODY });
}

function headerOf({ requests }: Receiver, name: string): string | undefined {
  const raw = requests.at(-1)?.rawHeaders ?? [];
  return raw[raw.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name) + 1];
}

describe("events replay", () => {
  it("sends a delivery changed and signed anew, and says under which id that is kept", async () => {
    using dir = tempDir();
    await using receiver = await startReceiver();
    await keepOne(dir.path);

    const ended = await runChild([
      ...[...REPLAY, "--data-dir", dir.path, "--to", receiver.url, "--sign", "webhook"],
      ...["--set", "quality=1080p", "--set", "extra.n=3", "--method", "PUT", "--path", "/other"],
      ...["--header", "X-Mine: one", "--header", "X-Mine: two", "--header", "User-Agent:"],
    ]);

    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/^kept as d2, edited from d1\nreplay \[200\] http.*\n$/);
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: "PUT", url: "/other" });
    const body = JSON.stringify({ ...JSON.parse(BODY), quality: "1080p", extra: { n: 3 } });
    expect(request?.body.toString()).toBe(body);
    expect(headerOf(receiver, "x-api-video-signature")).toBe(createHmac("sha256", SECRET).update(body).digest("hex"));
    expect(request?.rawHeaders.filter((text) => text === "one" || text === "two")).toEqual(["one", "two"]);
    expect(request?.rawHeaders.map((text) => text.toLowerCase())).not.toContain("user-agent");
  });

  it("sends the bytes of a file, signed with the secret of the environment", async () => {
    using dir = tempDir();
    await using receiver = await startReceiver();
    await keepOne(dir.path);
    const bytes = Buffer.from([0xff, 0, 10, 13]);
    const file = join(dir.path, "body.bin");
    writeFileSync(file, bytes);
    const args = [...REPLAY, "--data-dir", dir.path, "--to", receiver.url, "--body-file", file];

    const unset = await runChild([...args, "--sign", "environment"]);
    const ended = await runChild([...args, "--sign", "environment"], { APIVIDEO_WEBHOOK_SECRET: "sig_sec_other" });

    expect(unset).toMatchObject({ code: 2, stderr: expect.stringContaining("APIVIDEO_WEBHOOK_SECRET is not set") });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("kept as d2") });
    expect(receiver.requests.map(({ body }) => body)).toEqual([bytes]);
    const expected = createHmac("sha256", "sig_sec_other").update(bytes).digest("hex");
    expect(headerOf(receiver, "x-api-video-signature")).toBe(expected);
  });

  it("replays byte for byte where nothing is to be changed, and says what it cannot do", async () => {
    using dir = tempDir();
    await using receiver = await startReceiver();
    await keepOne(dir.path);
    const replay = (...args: string[]) => runChild([...REPLAY, "--data-dir", dir.path, "--to", receiver.url, ...args]);

    const same = await replay();
    const missing = await replay("--body-file", join(dir.path, "nowhere"));
    const illegal = await replay("--header", "no colon");
    const unknown = await replay("--header", "X-Api-Video-WebhookID: webhook_2", "--sign", "webhook");

    expect(same).toMatchObject({ code: 0, stdout: expect.stringMatching(/^replay \[200\]/) });
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining("nowhere cannot be read") });
    expect(illegal).toMatchObject({ code: 2, stderr: expect.stringContaining("Write it as 'name: value'") });
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining("No secret of the webhook webhook_2") });
    expect(receiver.requests).toHaveLength(1);
  });
});

describe("setting fields of a body", () => {
  it("leaves numbers as they stood that JavaScript would round or write otherwise", () => {
    const text = '{"big":12345678901234567890,"one":1.0,"exp":1e3,"a":{"b":[2]}}';

    expect(setFields(text, { "a.b.1": 3 })).toBe('{"big":12345678901234567890,"one":1.0,"exp":1e3,"a":{"b":[2,3]}}');
    expect(setFields(text, { big: 1 })).toContain('"big":1,');
    expect(() => setFields(text, { "big.x": 1 })).toThrow("leads through a number");
  });

  it.each(["[1]", "oops", "", "null"])("is refused for %j, which is no object", (text) => {
    expect(() => setFields(text, { a: 1 })).toThrow("no JSON object");
  });
});
