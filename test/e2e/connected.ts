import { BASIC, startTestSimulator, type TestSimulator } from "../core/simulator/start-test-simulator.ts";
import { type Relay, startRelay } from "../helpers/relay.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { test as base, expect, skipFirstRun } from "./fixtures.ts";

export interface Account extends TestSimulator {
  /** How many deliveries it has tried for the last time. */
  givenUp(): number;
}

/** With an account and a relay of our own, and the inspector registered through them. */
export const test = base.extend<{ relay: Relay; account: Account }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  relay: async ({}, use) => {
    const relay = await startRelay();
    await use(relay);
    await relay[Symbol.asyncDispose]();
  },
  account: async ({ inspector, relay }, use) => {
    const log = silentLog();
    const simulator = await startTestSimulator({ log });
    const { client } = inspector;
    await skipFirstRun(inspector);
    const key = { kind: "api-key", environment: "custom", value: "simulator", baseUrl: simulator.url } as const;
    await client.call("secrets.set", key);
    await client.call("settings.update", { api: simulator.url, tunnel: "localtunnel", tunnelHost: relay.url });
    await expect
      .poll(async () => {
        const { registration, tunnel } = await client.call("app.snapshot", {});
        return registration.phase === "registered" && registration.url?.startsWith(tunnel.url ?? "?");
      })
      .toBe(true);
    const givenUp = () => log.lines.filter((line) => /delivery_failed.*"retry":3/.test(line)).length;
    await use({ ...simulator, givenUp });
    await simulator[Symbol.asyncDispose]();
  },
});

/** A video of four renditions, each with an event. */
export async function uploadVideo(account: Account, title: string): Promise<void> {
  const { json } = await account.call("POST", "/videos", { title, mp4Support: false });
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(1_000)]), "clip.mp4");
  const url = `${account.url}/videos/${json["videoId"]}/source`;
  await fetch(url, { method: "POST", headers: { Authorization: BASIC }, body: form });
}
