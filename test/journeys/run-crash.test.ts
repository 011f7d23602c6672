import { expect, it, vi } from "vitest";
import { REPLAY_HEADER } from "#shared/domain/headers.ts";
import { CLI, startChild } from "../helpers/child.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { capture, runIn } from "../helpers/runs.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const DELIVERIES = 300;
const CONCURRENCY = 4;

it("goes on after a kill with what has no result, and sends next to nothing twice", async () => {
  using dir = tempDir();
  await using receiver = await startReceiver();
  {
    await using filled = await startEngine({ dataDir: dir.path, connect: false });
    await capture(filled, DELIVERIES);
  }
  const flags = ["--data-dir", dir.path, "--listener-port", "0", "--ui-port", "0"];
  await using child = await startChild([CLI, "serve", "--json", "--no-open", ...flags]);
  const { uiUrl = "", token = "" } = child.ready;
  const batch = {
    query: "",
    target: receiver.url,
    order: "shuffled",
    pacing: { intervalMs: 2 },
    concurrency: CONCURRENCY,
  };
  await fetch(new URL("/api/call/replay.batch", uiUrl), {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(batch),
  });
  await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(DELIVERIES / 3), { timeout: 10_000 });
  await child.end("SIGKILL");
  const before = receiver.requests.length;

  await using again = await startEngine({ dataDir: dir.path, connect: false });
  const paused = await again.client.call("runs.get", { id: "b1" });
  expect(paused).toMatchObject({ state: "paused", total: DELIVERIES });
  expect(paused.trouble).toContain("The app ended");
  // Nothing goes on by itself.
  expect(receiver.requests.length).toBe(before);
  await again.client.call("replay.resume", { batchId: "b1" });
  const done = await runIn(again, "b1");

  expect(done).toMatchObject({ done: DELIVERIES, tally: { accepted: DELIVERIES } });
  const ids = receiver.requests.map(({ rawHeaders }) => rawHeaders[rawHeaders.indexOf(REPLAY_HEADER) + 1]);
  expect(new Set(ids).size).toBe(DELIVERIES);
  // What was sent and not yet written when the process was killed.
  expect(ids.length - DELIVERIES).toBe(before - paused.done);
  expect(ids.length - DELIVERIES).toBeLessThan(100);
}, 60_000);
