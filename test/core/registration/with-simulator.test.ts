import { expect, it } from "vitest";
import { createApiVideoClient } from "#core/api-video/api-video-client.ts";
import { createRegistration } from "#core/registration/registration.ts";
import { startSimulator } from "#core/simulator/simulator.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { INSTALL_ID, URL_ONE, URL_TWO, WISH } from "./registration-fixture.ts";

it("registers at the simulator, moves to a new URL, and leaves nothing there", async () => {
  const clock = { now: () => Date.now() };
  const log = silentLog();
  let ids = 0;
  const randomId = (bytes: number) => `${ids++}`.padStart(bytes, "0");
  await using simulator = await startSimulator({ port: 0, apiKey: "simulator", clock, log, randomId });
  const client = createApiVideoClient({
    clock,
    log,
    baseUrl: simulator.url,
    apiKey: "simulator",
    auth: "basic",
    environment: "simulator",
  });
  const secrets = new Map<string, string>();
  await using registration = createRegistration({
    api: () => client,
    installId: INSTALL_ID,
    log,
    async keepSecret(webhookId, secret) {
      secrets.set(webhookId, secret);
    },
    hasSecret: (webhookId) => secrets.has(webhookId),
    async remember() {},
    recall: async () => null,
    onChange() {},
  });
  const events = ["video.encoding.quality.completed"];
  const urls = async () => (await client.listWebhooks()).map(({ url }) => url);

  const first = await registration.want({ ...WISH, events });
  expect(first).toMatchObject({ phase: "registered", url: URL_ONE });
  expect(secrets.get(first.webhookId ?? "")).toBeTruthy();

  await registration.want({ publicUrl: "https://two.example.com", events });
  expect(await urls()).toEqual([URL_TWO]);

  await registration.remove();
  expect(await urls()).toEqual([]);
});
