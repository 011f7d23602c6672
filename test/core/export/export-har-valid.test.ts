import fc from "fast-check";
import { har } from "har-validator/lib/promise.js";
import { describe, expect, it, vi } from "vitest";
import type { ExportedDelivery } from "#core/export/exporter.ts";
import { createHarJoiner, writeHar } from "#core/export/to-har.ts";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { times } from "../../helpers/fuzz.ts";
import { sent, toExported } from "../../helpers/generated-deliveries.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { startEngine } from "../../helpers/start-engine.ts";

const ms = fc.double({ min: 0, max: 1e6, noNaN: true });
const status = fc.integer({ min: 100, max: 999 });
const answer = fc.record(
  {
    answered: fc.option(fc.record({ status, ms })),
    lastAttempt: fc.record({ status: fc.option(status), ms, verdict: fc.constant("accepted" as const) }),
    note: fc.string({ unit: "binary" }),
  },
  { requiredKeys: ["answered"] },
);

/** What may be exported, with what it was answered by us or by a target, or by nobody. */
const exported = fc.array(fc.tuple(sent, answer), { maxLength: 5 }).map((all) =>
  all.map(([request, known], index): ExportedDelivery => {
    const { summary, ...rest } = toExported(request, index);
    return { ...rest, summary: { ...summary, ...known } };
  }),
);

describe("an exported HAR, as har-validator sees it", () => {
  it("is valid for whatever may come, and be answered", async () => {
    await fc.assert(
      fc.asyncProperty(exported, async (deliveries) => {
        await har(JSON.parse(writeHar(deliveries, "0.1.0")));
      }),
      { numRuns: times(200) },
    );
  });

  it("is valid as it leaves a real engine: hostile, redacted, sent on, of nothing, and joined", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ webhookSecret: "sig_sec_of-the-account" });
    const { client, engine } = started;
    await client.call("settings.update", { forwardTo: receiver.url });
    const hostile = Buffer.from(Array.from({ length: 512 }, (_, n) => n % 256));
    await sendDelivery(`${engine.listenerUrl}/a|b%zz?x=1%zz&y='"<>\\^`, { headers: { Authorization: "private" } });
    await sendDelivery(engine.listenerUrl, { body: hostile, headers: { "Content-Type": "" } });
    await sendDelivery(engine.listenerUrl, { body: "" });
    await vi.waitFor(async () => {
      const { items } = await client.call("deliveries.list", {});
      expect(items.map(({ lastAttempt }) => lastAttempt?.status)).toEqual([200, 200, 200]);
    });
    const create = async (query: string, redact = ["query:x"]) => {
      const { files } = await client.call("export.create", { format: "har", query, redact });
      return files[0]?.text ?? "";
    };

    const parts = [await create("id:d9"), await create("id:d1", ["query:x", "body:videoId"]), await create("id:d2,d3")];
    const joiner = createHarJoiner();
    const joined = parts.map(joiner.add).join("") + joiner.end();

    for (const text of [...parts, joined]) await har(JSON.parse(text));
    expect(joined).not.toMatch(/private|vi3kT9|1%zz/);
    expect(JSON.parse(joined).log.entries).toHaveLength(3);
  });

  it("is not valid once something is missing in it", async () => {
    const entry = { startedDateTime: "yesterday", time: 1, cache: {}, timings: { send: 0, wait: 1, receive: 0 } };
    const log = { version: "1.2", creator: { name: "a", version: "1" }, entries: [entry] };

    await expect(har({ log })).rejects.toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ dataPath: ".log.entries[0].startedDateTime" }),
        expect.objectContaining({ message: expect.stringContaining("request") }),
      ]),
    });
  });
});
