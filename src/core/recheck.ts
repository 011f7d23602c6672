import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { SIGNATURE_HEADER } from "#shared/domain/headers.ts";
import type { Verification } from "#shared/domain/verification.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "./lib/log.ts";
import type { Store } from "./store/store.ts";

export interface RecheckDeps {
  readonly store: Store;
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
/** Webhook ids are text of whoever sends to the listener: what is asked of api.video for them has an end. */
const MAX_LOOKUPS = 100;

export function createRecheck(deps: RecheckDeps): Recheck {
  const asked = new Set<string>();
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
      if (asked.size >= MAX_LOOKUPS || asked.has(webhookId) || !/^[\w-]{1,64}$/.test(webhookId)) return;
      asked.add(webhookId);
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
    forget: () => asked.clear(),
  };
}

export function signaturesOf(headers: HeaderPairs): string[] {
  return headers.filter(([name]) => name.toLowerCase() === SIGNATURE_HEADER).map(([, value]) => value);
}
