import { AppError } from "#shared/errors.ts";
import { type ApiAccess, SIMULATOR_KEY } from "../api-access.ts";
import type { Arrivals } from "../arrivals.ts";
import type { Connection } from "../connection.ts";
import type { EngineDeps } from "../deps.ts";
import { waitAtMost } from "../lib/wait-at-most.ts";
import type { Registration } from "../registration/registration.ts";
import type { Handlers } from "../router.ts";
import type { Secrets } from "../secrets/secrets.ts";
import { playScenario } from "../simulator/play.ts";
import { createTrigger } from "../simulator/trigger.ts";

/** Stand-ins for what only api.video gives out: kept like any other secret, so that their events verify later too. */
const STAND_IN_ID = "webhook_simulated";
const OTHER_ID = "webhook_simulated_other";
/** A registration under way is waited for, so that an event right after the start is signed with its secret. */
const MAX_WAIT_MS = 10_000;

export function simulatorHandlers(context: {
  deps: EngineDeps;
  api: ApiAccess;
  secrets: Secrets;
  registration: Registration;
  connection: Connection;
  arrivals: Arrivals;
  listenerUrl: string;
}): Pick<Handlers, "simulator.trigger" | "simulator.play"> {
  const { deps, api, secrets, registration, connection, arrivals, listenerUrl } = context;

  async function secretOf(webhookId: string) {
    if (secrets.of(webhookId).length === 0) {
      await secrets.keepWebhookSecret(webhookId, `sig_sec_${deps.randomId(22)}`);
    }
    return { webhookId, secret: secrets.of(webhookId)[0] ?? "" };
  }

  async function currentWebhook() {
    await waitAtMost(MAX_WAIT_MS, connection.settled());
    const { webhookId } = registration.state;
    return secretOf(webhookId !== undefined && secrets.of(webhookId).length > 0 ? webhookId : STAND_IN_ID);
  }

  async function otherWebhook() {
    const current = registration.state.webhookId ?? STAND_IN_ID;
    const known = secrets.all().find(({ webhookId }) => webhookId !== current);
    return known ?? secretOf(OTHER_ID);
  }

  function urlFor(via: "listener" | "public-url"): string {
    const prefix = registration.state.url;
    if (via === "listener") return prefix === undefined ? listenerUrl : listenerUrl + new URL(prefix).pathname;
    const url = prefix ?? connection.publicUrl();
    if (url === null)
      throw new AppError("input.invalid", "There is no public URL: open a tunnel first, or trigger via the listener.");
    return url;
  }

  const trigger = createTrigger({
    clock: deps.clock,
    log: deps.log,
    randomId: deps.randomId,
    webhook: currentWebhook,
    otherSecret: otherWebhook,
    urlFor,
    expectArrival: arrivals.expect,
  });
  return {
    "simulator.trigger": trigger,
    async "simulator.play"({ scenario }) {
      const { environment, baseUrl } = api.state();
      if (environment !== "simulator") {
        throw new AppError(
          "input.invalid",
          `Events come from ${environment} now, and this is for the simulator. Choose it in Settings, or make a video at api.video.`,
        );
      }
      // Its events go to the webhook that is registered when they come.
      await waitAtMost(MAX_WAIT_MS, connection.settled());
      return { subject: await playScenario({ url: baseUrl, apiKey: SIMULATOR_KEY }, scenario) };
    },
  };
}
