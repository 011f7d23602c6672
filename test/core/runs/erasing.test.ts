import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { canary } from "../../helpers/canary.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { capture, resultsOf, run, runIn, startRun } from "../../helpers/runs.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { startGate } from "./gate.ts";

it("says of a result that its delivery is gone, and keeps its numbers", async () => {
  await using receiver = await startReceiver();
  await using started = await startEngine({ connect: false });
  await capture(started, 2);
  await started.client.call("deliveries.pin", { id: "d1" });
  const { id } = await run(started, { target: receiver.url });

  await started.client.call("deliveries.clear", {});
  await capture(started, 1);
  // Its attempt gets the number of one that was erased.
  await started.client.call("replay.send", { id: "d3", target: receiver.url });

  const [kept, gone] = await resultsOf(started, id);
  expect(kept).toMatchObject({ deliveryId: "d1", attemptId: "a1" });
  expect(kept?.delivery).not.toBeNull();
  expect(gone).toMatchObject({ deliveryId: "d2", delivery: null, attemptId: null, status: 200, verdict: "first" });
});

it("does not send what was deleted before its turn came", async () => {
  await using gate = await startGate();
  await using started = await startEngine({ connect: false });
  await capture(started, 3);
  const batchId = await startRun(started, { target: gate.url });
  await vi.waitFor(() => expect(gate.waiting()).toBe(1));

  await started.client.call("replay.pause", { batchId });
  await started.client.call("deliveries.delete", { ids: ["d3"] });
  gate.open();
  await vi.waitFor(async () => expect((await runIn(started, batchId, "paused")).done).toBe(1));
  await started.client.call("replay.resume", { batchId });

  expect(await runIn(started, batchId)).toMatchObject({ done: 3, tally: { accepted: 2, unsent: 1 } });
  expect((await resultsOf(started, batchId)).at(-1)).toMatchObject({ outcome: "unsent", reason: "gone" });
});

it("ends with everything else when all is erased, also one that is going", async () => {
  await using gate = await startGate();
  await using started = await startEngine({ connect: false });
  const text = canary();
  await fetch(started.engine.listenerUrl, { method: "POST", body: JSON.stringify({ text }) });
  const target = `${gate.url}/${text}`;
  const id = await startRun(started, { target, name: text });
  await vi.waitFor(() => expect(gate.waiting()).toBe(1));

  await started.client.call("app.erase", { confirm: "erase everything" });

  expect((await started.client.call("runs.list", {})).runs).toEqual([]);
  await expect(started.client.call("runs.get", { id })).rejects.toMatchObject({ code: "run.not_found" });
  const files = readdirSync(started.dataDir).map((name) => readFileSync(join(started.dataDir, name), "latin1"));
  expect(files.join()).not.toContain(text);
});
