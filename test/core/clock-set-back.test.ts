import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { createEngine } from "#core/engine.ts";
import { createInProcessClient } from "#core/hosts/in-process-client.ts";
import { nodeDeps } from "#core/hosts/node-deps.ts";
import { createClock } from "#core/lib/clock.ts";
import { createDestinations } from "#core/runs/destinations.ts";
import { createSchedule } from "#core/runs/schedule.ts";
import type { Client } from "#shared/contract/types.ts";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { open, startTestListener } from "./listener/start-test-listener.ts";

const HOUR_MS = 3_600_000;

/** The clock of a computer whose wall clock somebody sets. */
function settable() {
  let offset = 0;
  const clock = createClock(() => Date.now() + offset);
  const set = (ms: number) => {
    offset += ms;
  };
  return { clock, set };
}

async function startWith(dataDir: string, clock: ReturnType<typeof settable>["clock"], forwardTo: string) {
  const engine = await createEngine(
    { ...nodeDeps({ dataDir, log: silentLog() }), clock },
    { dataDir, listenerPort: 0, flags: { forwardTo }, variables: {}, connect: true },
  );
  return {
    client: createInProcessClient(engine),
    url: engine.listenerUrl,
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

async function allIds(client: Client): Promise<string[]> {
  const ids: string[] = [];
  for (let before: string | null | undefined; before !== null; ) {
    const page = await client.call("deliveries.list", { before, limit: 2 });
    ids.push(...page.items.map(({ id }) => id));
    before = page.before;
  }
  return ids;
}

describe("a wall clock that is set back", () => {
  it("changes nothing of the order, the paging and the history, and no time is negative", async () => {
    using dir = tempDir();
    const { clock, set } = settable();
    await using receiver = await startReceiver();
    // In the midst of every forwarding, an hour goes away.
    receiver.statusFor = () => {
      set(-HOUR_MS);
      return 200;
    };
    {
      await using started = await startWith(dir.path, clock, receiver.url);
      for (let n = 1; n <= 5; n++) {
        expect((await sendDelivery(started.url, { body: encodingEvent({ quality: `${n}p` }) })).status).toBe(202);
        await vi.waitFor(
          async () => expect((await started.client.call("deliveries.get", { id: `d${n}` })).attempts).toHaveLength(1),
          10_000,
        );
      }
    }

    await using started = await startWith(dir.path, clock, receiver.url);
    await sendDelivery(started.url, { body: encodingEvent({ quality: "6p" }) });

    expect(await allIds(started.client)).toEqual(["d6", "d5", "d4", "d3", "d2", "d1"]);
    for (const id of ["d1", "d2", "d3", "d4", "d5"]) {
      const { timings, attempts, answered } = await started.client.call("deliveries.get", { id });
      const times = [timings.lastByteMs, timings.verifiedMs, timings.committedMs, answered?.ms, attempts[0]?.ms];
      expect(times.map((ms) => typeof ms === "number" && ms >= 0)).toEqual(times.map(() => true));
    }
  });

  it("still shows the tries of one event together, and takes nothing for a try that comes much later", async () => {
    using dir = tempDir();
    const { clock, set } = settable();
    await using receiver = await startReceiver();
    await using started = await startWith(dir.path, clock, receiver.url);
    const body = encodingEvent({});
    const send = () => sendDelivery(started.url, { body, webhookId: "webhook_1" });

    await send();
    set(-5_000);
    await send();
    set(-HOUR_MS);
    await send();

    const { items } = await started.client.call("deliveries.list", {});
    expect(items.map(({ duplicateOf }) => duplicateOf)).toEqual([undefined, "d1", undefined]);
    const { tries } = await started.client.call("deliveries.get", { id: "d2" });
    expect(tries?.map(({ id }) => id)).toEqual(["d1", "d2"]);
  });

  it("gives no sender more time for a body, and set on, takes none away", async () => {
    const { clock, set } = settable();
    await using listener = await startTestListener({ clock, bodyDeadlineMs: 400 });
    const slow = await open(listener.port);
    slow.socket.write("POST /slow HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nab");
    await once(slow.socket, "data");
    set(-HOUR_MS);
    expect(await slow.answer).toMatch(/\nHTTP\/1\.1 408 /);

    await using patient = await startTestListener({ clock, bodyDeadlineMs: 60_000, headDeadlineMs: 300 });
    const honest = await open(patient.port);
    honest.socket.write("POST /honest HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nab");
    const headless = await open(patient.port);
    set(HOUR_MS);
    headless.socket.write("POST / HTTP");
    // Once this one's deadline is over, that of the other was looked at.
    expect(await headless.answer).toMatch(/^HTTP\/1\.1 408 /);
    honest.socket.write("cd");
    expect(await honest.answer).toMatch(/^HTTP\/1\.1 202 /);
  });

  it("makes no run wait for the hours that it lost", async () => {
    const { clock, set } = settable();
    const told: (number | null)[] = [];
    const schedule = createSchedule(clock, true, (until) => told.push(until));
    const { signal } = new AbortController();
    await schedule.until(0, signal);
    set(-HOUR_MS);

    await schedule.until(50, signal);

    expect(told).toEqual([]);
  });

  it("makes no address of a target valid for longer", async () => {
    let now = 10 * HOUR_MS;
    let asked = 0;
    const find = createDestinations({ now: () => now }, async () => ++asked);
    await find("a");
    await find("a");
    now -= HOUR_MS;

    expect(await find("a")).toBe(2);
  });
});
