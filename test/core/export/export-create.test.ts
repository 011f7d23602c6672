import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { headerValue } from "#shared/domain/headers.ts";
import { WRONG_SIGNATURE } from "#shared/fixtures/fixture.ts";
import { fromFixtureBody } from "#shared/fixtures/fixture-body.ts";
import { FIXTURE_SECRET } from "#shared/fixtures/fixture-secret.ts";
import { readFixture } from "#shared/fixtures/fixture-text.ts";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startEngine } from "../../helpers/start-engine.ts";

function read(text: string | undefined) {
  const reading = readFixture(text ?? "");
  if (reading.kind === "broken") throw new Error(JSON.stringify(reading.faults));
  return reading.fixture;
}

function sign(body: Uint8Array): string {
  return createHmac("sha256", FIXTURE_SECRET).update(body).digest("hex");
}

describe("exporting fixtures", () => {
  it("keeps body and headers exactly, and signs with the test secret in place of the real one", async () => {
    await using started = await startEngine({ webhookSecret: "sig_sec_of-the-account" });
    const { client, engine } = started;
    const body = '{"type":"video.encoding.quality.completed",  "videoId":"vi1"}\n';
    await sendDelivery(`${engine.listenerUrl}/hook?a=1`, { secret: "sig_sec_of-the-account", body });
    const received = await client.call("deliveries.get", { id: "d1" });

    const { files, skipped } = await client.call("export.create", { format: "fixtures", ids: ["d1"] });

    const fixture = read(files[0]?.text);
    const signature = headerValue(received.headers, "X-Api-Video-Signature") ?? "";
    expect(skipped).toEqual([]);
    expect(files.map(({ name }) => name)).toEqual([`${fixture.name}.json`]);
    expect(fixture).toMatchObject({
      type: "video.encoding.quality.completed",
      subject: { videoId: "vi1" },
      verification: { state: "verified" },
      path: "/hook?a=1",
      body,
      signature: { header: "X-Api-Video-Signature", secret: FIXTURE_SECRET },
    });
    expect(fixture).not.toHaveProperty("expect");
    expect(headerValue(fixture.headers, "x-api-video-signature")).toBe(sign(Buffer.from(body)));
    expect(fixture.headers.map(([name]) => name)).toEqual(received.headers.map(([name]) => name));
    expect(signature).toHaveLength(64);
    expect(files[0]?.text).not.toContain(signature);
    expect(files[0]?.text).not.toContain("of-the-account");
  });

  it("gives the same bytes each time, in the order of the ids or of the arrival", async () => {
    await using started = await startEngine();
    const { client, engine } = started;
    for (const videoId of ["vi1", "vi2", "vi3"]) {
      await sendDelivery(engine.listenerUrl, { body: encodingEvent({ videoId }) });
    }

    const byIds = await client.call("export.create", { format: "fixtures", ids: ["d3", "d1"] });
    const byQuery = await client.call("export.create", { format: "fixtures", query: "id:d1,d3" });

    expect(byIds.files.map(({ text }) => read(text).subject.videoId)).toEqual(["vi3", "vi1"]);
    expect(byQuery.files).toEqual(byIds.files.toReversed());
  });

  it("lets what failed or was not signed stay so, with no signature that could fit", async () => {
    await using started = await startEngine({ webhookSecret: "sig_sec_real" });
    const { client, engine } = started;
    await sendDelivery(engine.listenerUrl, { secret: "sig_sec_other" });
    await sendDelivery(engine.listenerUrl);

    const { files } = await client.call("export.create", { format: "fixtures", ids: ["d1", "d2"] });

    const [failed, unsigned] = files.map(({ text }) => read(text));
    expect(failed).toMatchObject({ signature: null, expect: "4xx", verification: { state: "failed" } });
    expect(headerValue(failed?.headers ?? [], "x-api-video-signature")).toBe(WRONG_SIGNATURE);
    expect(unsigned).toMatchObject({ signature: null, verification: { state: "unsigned" } });
    expect(headerValue(unsigned?.headers ?? [], "x-api-video-signature")).toBeUndefined();
  });

  it("has the path as one's own server knows it, without what our webhook's URL adds", async () => {
    await using started = await startEngine();
    const { client } = started;
    await client.call("simulator.trigger", { type: "video.caption.generated", via: "listener" });
    const { url = "" } = (await client.call("app.snapshot", {})).registration;
    await sendDelivery(`${url}/hook?a=1`);

    const { files } = await client.call("export.create", { format: "fixtures", query: "" });

    expect(new URL(url).pathname).toMatch(/^\/wi-/);
    expect(files.map(({ text }) => read(text).path)).toEqual(["/", "/hook?a=1"]);
  });

  it("takes out what the rules name from headers, path, body, metadata and name, and counts it", async () => {
    await using started = await startEngine();
    const { client, engine } = started;
    const headers = { Authorization: "Bearer 123", Cookie: "a=b" };
    const body = encodingEvent({ videoId: "vi-private" });
    await sendDelivery(`${engine.listenerUrl}/vi-private?token=abc`, { body, headers });
    await client.call("settings.update", { redact: ["header:Authorization", "query:token"] });

    const { files, redacted } = await client.call("export.create", {
      format: "fixtures",
      ids: ["d1"],
      redact: ["body:videoId", "value:vi-private", "value:not there"],
    });

    const fixture = read(files[0]?.text);
    const placeholder = fixture.subject.videoId ?? "";
    expect(placeholder).toMatch(/^redacted-[0-9a-f]{8}$/);
    expect(files[0]?.name).toContain(placeholder);
    expect(fixture.path).toMatch(new RegExp(`^/${placeholder}\\?token=redacted-[0-9a-f]{8}$`));
    expect(JSON.stringify(files)).not.toMatch(/vi-private|Bearer|abc/);
    expect(headerValue(fixture.headers, "cookie")).toBe("a=b");
    expect(headerValue(fixture.headers, "content-length")).toBe(String(fromFixtureBody(fixture.body).length));
    expect(redacted).toEqual([
      { rule: "header:Authorization", count: 1 },
      { rule: "query:token", count: 1 },
      { rule: "body:videoId", count: 1 },
      { rule: "value:vi-private", count: 1 },
      { rule: "value:not there", count: 0 },
    ]);
  });

  it("gives a value the same placeholder in every export of a data folder, and in another folder another one", async () => {
    await using one = await startEngine();
    await using other = await startEngine();
    const videoIds = async ({ client, engine }: typeof one) => {
      await sendDelivery(engine.listenerUrl);
      const { items } = await client.call("deliveries.list", { limit: 1 });
      const ids = items.map(({ id }) => id);
      const { files } = await client.call("export.create", { format: "fixtures", ids, redact: ["body:videoId"] });
      return read(files[0]?.text).subject.videoId;
    };

    const first = await videoIds(one);

    expect(await videoIds(one)).toBe(first);
    expect(await videoIds(other)).not.toBe(first);
  });

  it("leaves out what is not whole, not there or cannot be looked into, and says why", async () => {
    await using started = await startEngine();
    const { client, engine } = started;
    await sendDelivery(engine.listenerUrl, { body: '{"videoId":"vi1"' });
    await sendDelivery(engine.listenerUrl, { body: "x".repeat(11 * 1024 * 1024) });

    const { files, skipped } = await client.call("export.create", {
      format: "fixtures",
      ids: ["d1", "d2", "d3"],
      redact: ["body:videoId"],
    });

    expect(files).toEqual([]);
    expect(skipped).toEqual([
      { id: "d1", why: expect.stringContaining("broken JSON") },
      { id: "d2", why: "Only a part of it arrived." },
      { id: "d3", why: "It is not kept any more." },
    ]);
  });

  it("says to narrow the search where the answer would be too large, or to give one", async () => {
    await using started = await startEngine();
    const { client, engine } = started;
    for (let n = 0; n < 4; n++) await sendDelivery(engine.listenerUrl, { body: `"${"x".repeat(9 * 1024 * 1024)}"` });
    const ids = Array.from({ length: 1_001 }, (_, n) => `d${n + 1}`);

    const create = (which: object) => client.call("export.create", { format: "fixtures", ...which });

    await expect(create({ query: "" })).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringMatching(/32 MB.*Narrow/),
    });
    await expect(create({ ids })).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringMatching(/1001.*1000.*Narrow/),
    });
    await expect(create({})).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringMatching(/either ids or a query/),
    });
    await expect(create({ query: "sig:x" })).rejects.toMatchObject({ code: "input.invalid" });
    await expect(create({ ids: ["d1"], redact: ["nonsense"] })).rejects.toMatchObject({
      message: expect.stringMatching(/no rule.*header:NAME/),
    });
  });
});
