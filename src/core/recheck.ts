import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { SIGNATURE_HEADER } from "#shared/domain/headers.ts";
import type { Verification } from "#shared/domain/verification.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "./lib/clock.ts";
import type { Log } from "./lib/log.ts";
import type { Store } from "./store/store.ts";

export interface RecheckDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  verify(claim: { signatures: readonly string[]; webhookId: string | undefined; body: Uint8Array }): Verification;
  publish(summary: DeliverySummary): void;
  /** The secret of a webhook of the account; null where api.video does not know it or cannot be asked. */
  fetchSecret(webhookId: string): Promise<string | null>;
  /** How often everything was erased. */
  erasures(): number;
  /** Not where everything was erased since. */
  keepSecret(webhookId: string, secret: string, since: number): Promise<void>;
}

/** Old deliveries and new secrets. */
export interface Recheck {
  /** Checks again what this webhook's deliveries (and those that name none) left unproven. */
  run(webhookId: string): Promise<void>;
  /** A delivery names a webhook we know no secret of: ask api.video once, and check again if it answers. */
  lookUp(webhookId: string): void;
  /** A secret is known now: checks again what came for the webhook before, if anything did. */
  learned(webhookId: string): Promise<void>;
  /** Asks again for webhooks that were asked for in vain: there is a new key. */
  forget(): void;
}

/** The newest ones are those anybody looks at. */
const MAX_RECHECKED = 1_000;
/**
 * Webhook ids are text of whoever sends to the listener: what is asked of api.video for them is bounded. The oldest are
 * forgotten, so that a stranger with made-up ids keeps no real one from being looked up for good.
 */
const MAX_LOOKUPS = 100;
const LOOKUPS_PER_MINUTE = 10;

export function createRecheck(deps: RecheckDeps): Recheck {
  const asked = new Set<string>();
  const budget = createBudget(MAX_LOOKUPS, LOOKUPS_PER_MINUTE, deps.clock);
  let queue = Promise.resolve();

  async function check(id: string): Promise<void> {
    const [content, summary] = await Promise.all([deps.store.content(id), deps.store.summary(id)]);
    if (content === undefined || summary === undefined) return;
    const verification = deps.verify({
      signatures: signaturesOf(content.headers),
      webhookId: summary.webhookId,
      body: content.body,
    });
    const { state, cause } = summary.verification;
    if (verification.state === state && verification.cause === cause) return;
    const updated = await deps.store.setVerification(id, verification);
    if (updated !== undefined) deps.publish(updated);
  }

  async function run(webhookId: string): Promise<void> {
    for (const named of [webhookId, null]) {
      for (const id of await deps.store.unproven(named, MAX_RECHECKED)) await check(id);
    }
  }

  async function fetchAndRun(webhookId: string): Promise<void> {
    const since = deps.erasures();
    const secret = await deps.fetchSecret(webhookId);
    if (secret === null) return;
    await deps.keepSecret(webhookId, secret, since);
    await run(webhookId);
  }

  return {
    run,
    lookUp(webhookId) {
      if (asked.has(webhookId) || !/^[\w-]{1,64}$/.test(webhookId) || !budget.take()) return;
      asked.add(webhookId);
      const [oldest = webhookId] = asked;
      if (asked.size > MAX_LOOKUPS) asked.delete(oldest);
      // One after the other: a flood of made-up ids is no flood of requests.
      queue = queue
        .then(() => fetchAndRun(webhookId))
        .catch((error: unknown) => {
          // Not of this account, or api.video cannot be asked: the delivery stays unchecked, which is what it says.
          if (error instanceof AppError) deps.log.info("recheck.secret_unknown", { code: error.code });
          else deps.log.error("recheck.failed", error);
        });
    },
    async learned(webhookId) {
      if (asked.has(webhookId)) await run(webhookId);
    },
    forget() {
      asked.clear();
      budget.refill();
    },
  };
}

/** So many at once, and so many more with each minute. */
function createBudget(most: number, perMinute: number, clock: Clock) {
  let left = most;
  let at = clock.now();
  return {
    take(): boolean {
      const now = clock.now();
      left = Math.min(most, left + (Math.max(0, now - at) / 60_000) * perMinute);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    refill() {
      left = most;
    },
  };
}

export function signaturesOf(headers: HeaderPairs): string[] {
  return headers.filter(([name]) => name.toLowerCase() === SIGNATURE_HEADER).map(([, value]) => value);
}
