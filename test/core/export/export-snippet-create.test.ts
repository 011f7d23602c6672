import { describe, expect, it } from "vitest";
import { SnippetLanguage } from "#shared/contract/export-commands.ts";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { type StartedEngine, startEngine } from "../../helpers/start-engine.ts";
import { runSnippets } from "./run-code.ts";

function create({ client }: StartedEngine, ids: string[], more: object = {}) {
  return client.call("export.create", { format: "snippet", ids, ...more });
}

describe("exporting code", () => {
  it("sends what was captured to where deliveries are forwarded, without what the rules take out", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ webhookSecret: "sig_sec_of-the-account" });
    const { client, engine } = started;
    const headers = { Authorization: "Bearer private" };
    await sendDelivery(`${engine.listenerUrl}/hook?a=1`, { secret: "sig_sec_of-the-account", headers });
    await client.call("settings.update", { forwardTo: receiver.url });

    const exact = await create(started, ["d1"]);
    const redacted = await create(started, ["d1"], { redact: ["body:videoId"] });
    await runSnippets(
      "node",
      [exact, redacted].map(({ files }) => files[0]?.text ?? ""),
    );

    const { base64 } = await client.call("deliveries.body", { id: "d1" });
    const [first, second] = receiver.requests;
    expect(exact.files[0]?.name).toMatch(/-d1-video\..*\.cjs$/);
    expect(exact.files[0]?.text).not.toMatch(/private|of-the-account/);
    expect(first).toMatchObject({ method: "POST", url: "/hook?a=1", body: Buffer.from(base64, "base64") });
    expect(redacted.redacted).toContainEqual({ rule: "body:videoId", count: 1 });
    expect(JSON.parse(second?.body.toString() ?? "").videoId).toMatch(/^redacted-/);
    expect(redacted.files[0]?.text).not.toContain("vi3kT9");
  });

  it("is a file each in every language, and sends to the target that is given", async () => {
    await using started = await startEngine();
    await sendDelivery(started.engine.listenerUrl);
    const endings: string[] = [];

    for (const language of SnippetLanguage.options) {
      const { files } = await create(started, ["d1"], { language, target: "4000" });
      endings.push(files.map(({ name }) => name.split(".").at(-1)).join());
      expect(files[0]?.text).toMatch(/localhost:4000|hostname: "localhost",\n\s+port: '4000'/);
    }

    expect(endings).toEqual(["cjs", "py", "php", "rb", "go", "java"]);
    await expect(create(started, ["d1"], { language: "cobol" })).rejects.toMatchObject({ code: "input.invalid" });
  });

  it("leaves out what code could not send exactly, and says what can", async () => {
    await using started = await startEngine();
    const { engine } = started;
    await sendDelivery(engine.listenerUrl, { body: Buffer.from([0xff, 0x00]) });
    await sendDelivery(engine.listenerUrl, { body: "x".repeat(32_001) });
    await sendDelivery(`${engine.listenerUrl}/a%41`);
    await sendDelivery(engine.listenerUrl, { headers: { "X-City": "S\u00e3o" } });
    await fetch(engine.listenerUrl, { method: "PROPFIND" });
    await sendDelivery(engine.listenerUrl);

    const { files, skipped } = await create(started, ["d1", "d2", "d3", "d4", "d5", "d6"]);

    expect(files.map(({ name }) => /-(d\d+)-/.exec(name)?.[1])).toEqual(["d6"]);
    expect(skipped.map(({ id }) => id)).toEqual(["d1", "d2", "d3", "d4", "d5"]);
    for (const { why } of skipped) expect(why).toMatch(/Use raw or cURL, which send it exactly\.$/);
    expect(skipped.map(({ why }) => why.split(". ")[0])).toEqual([
      "Its body is no UTF-8 text, which is all that code holds",
      "Its body has more than 32000 bytes, too many for code",
      "HTTP clients would write its path otherwise",
      "Its header X-City is none that every HTTP client can send",
      "Not every HTTP client knows its method",
    ]);
  });
});
