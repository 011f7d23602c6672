import * as z from "zod";
import type { Erasure, ErasureStep, Holdings, LeftWebhook } from "#shared/domain/erasure.ts";
import type { Connection } from "./connection.ts";
import type { EventBus } from "./event-bus.ts";
import type { Gaps } from "./gaps/gaps.ts";
import type { Log } from "./lib/log.ts";
import { waitAtMost } from "./lib/wait-at-most.ts";
import type { Problems } from "./problems.ts";
import type { Registration } from "./registration/registration.ts";
import type { Elsewhere } from "./remove-elsewhere.ts";
import type { Secrets } from "./secrets/secrets.ts";
import type { SettingsArea } from "./settings/settings.ts";
import type { Store } from "./store/store.ts";

/** An account that does not answer is not waited for any longer: its webhook is then said to be left. */
const WEBHOOK_MS = 10_000;
/** Noted while it goes on: found at a start, it means that the last erasing did not come to its end. */
const MARK = "erasing";
/**
 * The random name of this installation, by which a webhook that had to be left is found again at its account, and the
 * last row's number, so that an old link never leads to another delivery. Both say nothing of the user.
 */
const KEPT_STATES = ["install-id", "last-row", MARK];

export interface EraserDeps {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly settings: SettingsArea;
  readonly connection: Connection;
  readonly registration: Registration;
  readonly gaps: Gaps;
  readonly events: EventBus;
  readonly problems: Problems;
  readonly log: Log;
  /** The registration's note of webhooks that are still at an account. */
  leftWebhooks(): Promise<unknown>;
  /** Removes those at all accounts that there is a key of. */
  removeElsewhere(left: readonly LeftWebhook[], ms: number): Promise<Elsewhere>;
  /** Resolves when none is going any more. */
  endRuns(): Promise<void>;
  /** What is in memory and made from what was erased. */
  forget(): Promise<void>;
  /** False for a host that opened no tunnel and registered nothing. */
  readonly isConnected: boolean;
}

/** Leaves nothing of the user's, neither here nor at api.video, and goes on as at the first start. */
export interface Eraser {
  /** To be called at the start: says where an erasing before did not come to its end. */
  start(): Promise<void>;
  holdings(): Promise<Holdings>;
  /** Two who ask at the same time ask for the same. Throws the store's AppErrors; it can be asked for again then. */
  erase(): Promise<Erasure>;
}

export function createEraser(deps: EraserDeps): Eraser {
  const { store, secrets, settings, connection, registration, gaps, events, problems, log } = deps;
  let running: Promise<Erasure> | null = null;

  function tell(step: ErasureStep, done = 0, total = 0): void {
    events.publish("erase.progressed", { step, done, total });
  }

  async function left(): Promise<LeftWebhook[]> {
    return LeftWebhooks.safeParse(await deps.leftWebhooks().catch(() => null)).data ?? [];
  }

  /** The webhook first: api.video must not send to a URL that leads nowhere, and later there is no key any more. */
  async function removeWebhooks(): Promise<Pick<Erasure, "left" | "reason">> {
    if (deps.isConnected) {
      connection.pause();
      await waitAtMost(WEBHOOK_MS, registration.retry(null));
    }
    const { fault } = registration.state;
    const elsewhere = await deps.removeElsewhere(await left(), WEBHOOK_MS);
    await registration.forget();
    if (deps.isConnected) await connection.closeTunnel();
    await gaps.end();
    return { left: elsewhere.left, reason: reasonFor(elsewhere, fault?.message) };
  }

  async function run(): Promise<Erasure> {
    await store.writeState(MARK, "1");
    try {
      tell("webhook");
      await deps.endRuns();
      const webhooks = await removeWebhooks();
      tell("secrets");
      await secrets.eraseAll();
      problems.clear("secrets");
      const { total } = store.counts;
      tell("deliveries", 0, total);
      const deliveries = await store.eraseAll((done) => tell("deliveries", done, Math.max(done, total)));
      tell("settings");
      const view = await settings.resetAll();
      await store.setLimits(view.values);
      tell("file");
      await store.scrub(KEPT_STATES);
      await store.dropState(MARK);
      problems.clear("erase");
      return { deliveries, ...webhooks };
    } finally {
      await restart();
    }
  }

  /** Also after a failure: what is left of the app goes on. */
  async function restart(): Promise<void> {
    try {
      await deps.forget();
      if (!deps.isConnected) return;
      await gaps.start();
      connection.start();
    } catch (error) {
      log.error("erase.not_restarted", error);
    } finally {
      // For those that follow single events, as the desktop app does with the theme.
      events.publish("settings.changed", settings.view());
      events.forget();
    }
  }

  return {
    async start() {
      if ((await store.readState(MARK)) === null) return;
      problems.raise({
        id: "erase",
        title: "Erasing did not come to its end",
        message:
          "The app was stopped while it erased everything, and some of it is still here. Erase it again in Settings.",
      });
    },
    async holdings() {
      const kept = await store.holdings();
      return {
        ...kept,
        apiKeys: secrets.keyedProfiles().reduce((sum, { apiKeys }) => sum + apiKeys.length, 0),
        webhookSecrets: secrets.webhookIds().length,
        profiles: settings.view().profiles.length,
        webhooks: (await left()).map(({ account, url }) => ({ account, url })),
      };
    },
    async erase() {
      running ??= run().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

function reasonFor({ left, unasked }: Elsewhere, fault: string | undefined): string | null {
  if (unasked.length > 0) return fault ?? `It could not be asked which webhooks are there: ${unasked.join(", ")}.`;
  return left.length > 0 ? (fault ?? "There is no key for its account any more.") : null;
}

const LeftWebhooks = z.array(z.object({ account: z.string(), url: z.string(), webhookId: z.string().nullable() }));
