import { expect, it } from "vitest";
import { createEventBus } from "#core/event-bus.ts";
import { createClock } from "#core/lib/clock.ts";
import { recordGaps } from "#core/record-gaps.ts";
import { openStore } from "#core/store/store.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const PROVEN_AT = "2026-11-24T10:00:00.000Z";
const PATH = JSON.stringify({ provenAt: Date.parse(PROVEN_AT), seenAt: Date.parse(PROVEN_AT) });
const left = (account: string, webhookId: string | null) =>
  JSON.stringify([{ account, url: "https://old.example/wi-1", webhookId }]);

/** Starts on a data folder with these notes of the last run, in the sandbox; gives what is recorded and what is logged. */
async function startWith(notes: { path: string; registration: string }) {
  using dir = tempDir();
  const clock = createClock();
  const log = silentLog();
  const limits = { maxDeliveries: 100, maxBytes: 2 ** 20 };
  const silent = { onRemoved: () => {}, onCounts: () => {}, onLost: () => {} };
  await using store = await openStore({ dataDir: dir.path, limits, clock, log, ...silent });
  for (const [name, text] of Object.entries(notes)) await store.writeState(name, text);
  await using gaps = recordGaps({
    ...{ clock, log, store, events: createEventBus(log) },
    api: { state: () => ({ environment: "sandbox", baseUrl: "https://sandbox.api.video", hasKey: true }) },
    leftWebhooks: async () => JSON.parse((await store.readState("registration")) ?? "null"),
  });
  await gaps.start();
  return { gaps: await store.gaps(), lines: log.lines };
}

it("counts the time without the app where a webhook was left in the account in use", async () => {
  const { gaps } = await startWith({ path: PATH, registration: left("sandbox", "webhook_1") });

  expect(gaps).toMatchObject([{ from: PROVEN_AT, to: null }]);
});

it.each([
  ["in another account", left("production", "webhook_1")],
  ["only perhaps", left("sandbox", null)],
])("counts nothing where a webhook was left %s", async (_where, registration) => {
  expect((await startWith({ path: PATH, registration })).gaps).toEqual([]);
});

it.each([
  { path: "{oops", registration: left("sandbox", "webhook_1") },
  { path: PATH, registration: "{oops" },
])("starts without a note that is damaged, and logs it ($path, $registration)", async (notes) => {
  const { gaps, lines } = await startWith(notes);

  expect(gaps).toEqual([]);
  expect(lines).toContainEqual(expect.stringContaining("error gaps.note_unread"));
});
