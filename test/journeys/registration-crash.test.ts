import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { createClient } from "#shared/contract/client.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import { type Child, CLI, projectRoot, startChild } from "../helpers/child.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const ROUNDS = Number(process.env["REGISTRATION_ROUNDS"] ?? 6);
const SEED = Number(process.env["REGISTRATION_SEED"] ?? Date.now() % 1_000_000);
const SLOW_MS = 25;
const KEY = { APIVIDEO_API_KEY: "simulator" };
const AUTH = { Authorization: `Basic ${Buffer.from("simulator:").toString("base64")}` };
/** What is under way when the kill comes. */
const MOMENTS = ["start", "re-register", "quit"] as const;

/** mulberry32: a few lines that give the same numbers for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function startServe(dataDir: string, simulatorUrl: string): Promise<Child> {
  const args = ["--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0", "--api", simulatorUrl];
  return startChild([CLI, "serve", "--json", ...args], KEY);
}

function clientOf({ ready: { uiUrl = "", token = "" } }: Child) {
  return createClient(createHttpConnection({ find: () => ({ url: new URL(uiUrl).origin, token }), fetch }));
}

async function registered(serve: Child) {
  const client = clientOf(serve);
  return vi.waitFor(
    async () => {
      const { registration } = await client.call("app.snapshot", {});
      expect(registration).toMatchObject({ phase: "registered" });
      return registration;
    },
    { timeout: 15_000, interval: 20 },
  );
}

it(
  `leaves nothing at api.video after any of ${ROUNDS} kills and a clean end (REGISTRATION_SEED=${SEED})`,
  async () => {
    const random = seededRandom(SEED);
    using dir = tempDir();
    using otherDir = tempDir();
    await using simulator = await startChild([
      `${projectRoot}/test/helpers/simulator-main.ts`,
      "--slow-ms",
      String(SLOW_MS),
    ]);
    const simulatorUrl = simulator.ready["simulatorUrl"] ?? "";
    const urlsNow = async (): Promise<string[]> => {
      const answer = await fetch(`${simulatorUrl}/webhooks?pageSize=100`, { headers: AUTH });
      const { data } = (await answer.json()) as { data: { url: string }[] };
      return data.map(({ url }) => url);
    };
    await fetch(`${simulatorUrl}/webhooks`, {
      method: "POST",
      headers: { ...AUTH, "Content-Type": "application/json" },
      body: JSON.stringify({ url: "https://production.example.com/hooks", events: ["video.caption.generated"] }),
    });
    // Another installation on the same account, which must not be touched.
    await using other = await startServe(otherDir.path, simulatorUrl);
    await registered(other);
    const others = await urlsNow();
    const ours = async () => (await urlsNow()).filter((url) => !others.includes(url));
    expect(others).toHaveLength(2);

    const leftOver = [0, 0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const moment = MOMENTS[Math.floor(random() * MOMENTS.length)] ?? "start";
      const serve = await startServe(dir.path, simulatorUrl);
      if (moment !== "start") {
        const { url } = await registered(serve);
        // Whatever the kill before this left is gone by now, or has been taken up again.
        await vi.waitFor(async () => expect(await ours()).toEqual([url]), { timeout: 5_000, interval: 20 });
      }
      if (moment === "re-register") {
        const tunnel = `${serve.ready["listenerUrl"]}/round-${round}`;
        void clientOf(serve)
          .call("settings.update", { tunnel })
          .catch(() => {
            // The kill may come before the answer.
          });
      }
      if (moment === "quit") serve.process.kill("SIGTERM");
      await delay(random() * 8 * SLOW_MS);
      if (moment === "quit") serve.process.kill("SIGKILL");
      await (moment === "quit" ? ended(serve) : serve.end("SIGKILL"));
      // A call that is on its way has its effect after the kill.
      await delay(3 * SLOW_MS);

      const left = (await ours()).length;
      leftOver[left] = (leftOver[left] ?? 0) + 1;
      // The new one is there before the one it replaces goes; that is the only time of two.
      expect([moment, left]).toSatisfy(([, count]) => count <= (moment === "quit" ? 1 : 2));
      expect(await urlsNow()).toEqual(expect.arrayContaining(others));
    }

    const last = await startServe(dir.path, simulatorUrl);
    const { url } = await registered(last);
    await vi.waitFor(async () => expect(await ours()).toEqual([url]), { timeout: 5_000, interval: 20 });
    expect(await last.end("SIGTERM")).toBe(0);
    expect(await ours()).toEqual([]);
    expect((await urlsNow()).sort()).toEqual(others.sort());
    console.log(
      `${ROUNDS} kills, seed ${SEED}: none, one, two left over right after: ${leftOver.join(", ")}; none in the end`,
    );
  },
  20_000 + ROUNDS * 6_000,
);

async function ended({ process: child }: Child): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
