import { isDeepStrictEqual } from "node:util";
import type { RegistrationState } from "#shared/domain/webhook.ts";
import { AppError } from "#shared/errors.ts";
import { waitAtMost } from "../lib/wait-at-most.ts";
import { isRegisteredUrl, registeredUrl, stripInstallPrefix } from "./install-path.ts";
import { createOwnWebhooks, type OwnWebhooksDeps, type WebhookApi } from "./own-webhooks.ts";

export { registeredUrl, stripInstallPrefix };

/** The last one is repeated for as long as it takes. */
const RETRY_DELAYS_MS = [2_000, 5_000, 15_000, 60_000] as const;
/** Nobody wants to wait longer for a window to close; what is left is noted and goes at the next start. */
const REMOVE_TIMEOUT_MS = 2_000;
const DISPOSE_TIMEOUT_MS = 500;

export interface RegistrationDeps extends OwnWebhooksDeps {
  /** The account in use; null without a key. */
  api(): WebhookApi | null;
  onChange(state: RegistrationState): void;
  readonly retryDelaysMs?: readonly number[];
  readonly removeTimeoutMs?: number;
}

export interface RegistrationWish {
  readonly publicUrl: string;
  /** Event types to subscribe to. */
  readonly events: readonly string[];
}

/**
 * Keeps our own webhook at api.video for the current public URL: creates it, replaces it when URL, events or account
 * change (there is no update at api.video), and removes it. What api.video refuses is in the state: phase `failed` with
 * a fault in words; where it may pass, it is tried again by itself. Nothing here throws for it.
 */
export interface Registration extends AsyncDisposable {
  readonly state: RegistrationState;
  /** The newest wish wins; null removes what there is. Resolves when nothing is under way any more. */
  want(wish: RegistrationWish | null): Promise<RegistrationState>;
  /** Tries again at once what failed. */
  retry(): Promise<RegistrationState>;
  /** Resolves when no registering or removing is under way. A pause before the next try does not count. */
  settled(): Promise<void>;
  /** For the end of the app: removes what there is, within 2 s or until `signal` aborts; later wishes are ignored. */
  remove(signal?: AbortSignal): Promise<RegistrationState>;
  /** True for a webhook of this installation, by its URL. */
  isOurs(url: string): boolean;
  /** True for the webhook that the public URL is registered with right now. */
  isCurrent(webhookId: string): boolean;
}

export function createRegistration(deps: RegistrationDeps): Registration {
  const { installId, log } = deps;
  const retryDelays = deps.retryDelaysMs ?? RETRY_DELAYS_MS;
  const own = createOwnWebhooks(deps);
  const lifetime = new AbortController();
  let state: RegistrationState = { phase: "none" };
  let wish: RegistrationWish | null = null;
  /** Grows with every reason to look at the wish again. */
  let version = 0;
  let working: Promise<void> | null = null;
  let failures = 0;
  let retryTimer: NodeJS.Timeout | undefined;
  let isEnding = false;

  function change(next: RegistrationState): void {
    if (lifetime.signal.aborted || isDeepStrictEqual(next, state)) return;
    state = next;
    deps.onChange(state);
  }

  async function run(): Promise<RegistrationState> {
    clearTimeout(retryTimer);
    version += 1;
    working ??= work();
    await working;
    return state;
  }

  /** One at a time; wishes that come and go while api.video answers are never acted upon. Never rejects. */
  async function work(): Promise<void> {
    try {
      let seen: number;
      do {
        seen = version;
        await reach(wish, () => version !== seen);
      } while (version !== seen && !lifetime.signal.aborted);
    } finally {
      // In the same turn as the look at the version, or a wish that comes now would wait for ever.
      working = null;
    }
  }

  async function reach(goal: RegistrationWish | null, isOutdated: () => boolean): Promise<void> {
    try {
      if (goal === null) await removeAll();
      else await register(goal, isOutdated);
      failures = 0;
    } catch (error) {
      if (!isOutdated() && !lifetime.signal.aborted) fail(goal, error);
    }
  }

  async function register({ publicUrl, events }: RegistrationWish, isOutdated: () => boolean): Promise<void> {
    const api = deps.api();
    if (api === null) {
      throw new AppError("api.key_missing", "There is no API key. Enter one in Settings, or set APIVIDEO_API_KEY.");
    }
    const wanted = { url: registeredUrl(publicUrl, installId), events: [...events] };
    if (!own.isInPlace(api, wanted)) change({ phase: "registering", ...wanted });
    await own.recall(api);
    const webhookId = await own.ensure(api, wanted, isOutdated, lifetime.signal);
    if (webhookId === null || isOutdated()) return;
    change({ phase: "registered", webhookId, ...wanted });
    await removeReplaced();
  }

  /** The registration holds without it, so a failure is none of the registration; the next wish tries again. */
  async function removeReplaced(): Promise<void> {
    try {
      await own.remove("all but current", lifetime.signal);
    } catch (error) {
      if (!(error instanceof AppError || lifetime.signal.aborted)) log.error("registration.broke", error);
    }
  }

  async function removeAll(): Promise<void> {
    const api = deps.api();
    if (api !== null) await own.recall(api);
    if (own.count > 0) {
      const { webhookId, url } = state;
      change({ phase: "removing", ...(webhookId !== undefined && { webhookId }), ...(url !== undefined && { url }) });
      await own.remove("all", lifetime.signal);
    }
    change({ phase: "none" });
  }

  function fail(goal: RegistrationWish | null, error: unknown): void {
    const fault = toFault(error);
    const target = goal && { url: registeredUrl(goal.publicUrl, installId), events: [...goal.events] };
    if (error instanceof AppError) log.warn("registration.failed", { code: error.code });
    else log.error("registration.broke", error);
    change({ phase: "failed", ...target, fault });
    if (error instanceof AppError && error.retryable && !isEnding) scheduleRetry(error);
  }

  function scheduleRetry(error: AppError): void {
    const delayMs = retryDelays[Math.min(failures, retryDelays.length - 1)] ?? 0;
    failures += 1;
    const askedSeconds = Number(error.details["retryAfterSeconds"] ?? 0) || 0;
    retryTimer = setTimeout(() => void run(), Math.max(delayMs, askedSeconds * 1_000)).unref();
  }

  return {
    get state() {
      return state;
    },
    async want(next) {
      if (isEnding) return state;
      wish = next;
      failures = 0;
      return run();
    },
    async retry() {
      if (isEnding) return state;
      failures = 0;
      return run();
    },
    async settled() {
      while (working !== null) await working;
    },
    async remove(signal) {
      isEnding = true;
      wish = null;
      const gaveUp = Promise.withResolvers<void>();
      const onAbort = () => gaveUp.resolve();
      if (signal?.aborted) gaveUp.resolve();
      signal?.addEventListener("abort", onAbort, { once: true });
      await waitAtMost(deps.removeTimeoutMs ?? REMOVE_TIMEOUT_MS, Promise.race([run(), gaveUp.promise]));
      signal?.removeEventListener("abort", onAbort);
      lifetime.abort();
      return state;
    },
    isOurs: (url) => isRegisteredUrl(url, installId),
    isCurrent: own.isCurrent,
    async [Symbol.asyncDispose]() {
      isEnding = true;
      clearTimeout(retryTimer);
      lifetime.abort();
      // Calls to api.video end with the signal; what is being written to disk gets a moment.
      await waitAtMost(DISPOSE_TIMEOUT_MS, Promise.resolve(working));
    },
  };
}

function toFault(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: "internal", message: "Something went wrong inside the app. It is logged; try again." };
}
