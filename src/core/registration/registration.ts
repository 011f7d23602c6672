import { isDeepStrictEqual } from "node:util";
import type { RegistrationState } from "#shared/domain/webhook.ts";
import { AppError } from "#shared/errors.ts";
import { waitAtMost } from "../lib/wait-at-most.ts";
import { isAppError, type WebhookApi } from "./account.ts";
import type { PruneChoice, Pruned } from "./choose-pruned.ts";
import { isAppUrl, isRegisteredUrl, registeredUrl, stripInstallPrefix } from "./install-path.ts";
import { createOwnWebhooks, type OwnWebhooksDeps } from "./own-webhooks.ts";
import { askedMs, mayPass, RETRY_DELAYS_MS, retryDelayMs } from "./retry-delay.ts";

export { isAppUrl, registeredUrl, stripInstallPrefix };

/** Nobody wants to wait longer for a window to close; what is left is noted and goes at the next start. */
const REMOVE_TIMEOUT_MS = 2_000;
const DISPOSE_TIMEOUT_MS = 500;
/** One call in this time tells that somebody deleted our webhook, or that the key was revoked. */
const LOOK_EVERY_MS = 5 * 60_000;

export interface RegistrationDeps extends OwnWebhooksDeps {
  /** The account in use; null without a key. */
  api(): WebhookApi | null;
  onChange(state: RegistrationState): void;
  /** A webhook that was replaced is gone: the list of the account is another than when `registered` was told. */
  onReplacedGone?(): void;
  readonly retryDelaysMs?: readonly number[];
  readonly removeTimeoutMs?: number;
  readonly lookEveryMs?: number;
  readonly random?: () => number;
}

export interface RegistrationWish {
  readonly publicUrl: string;
  /** Event types to subscribe to. */
  readonly events: readonly string[];
}

/**
 * Keeps our own webhook at api.video for the current public URL: creates it, replaces it when URL, events or account
 * change (there is no update at api.video), and removes it. What api.video refuses is in the state: phase `failed` with
 * a fault in words, or `registered` with one where the webhook stands and cannot be looked after. What may pass is tried
 * again by itself. Nothing here throws for it, but `prune`.
 */
export interface Registration extends AsyncDisposable {
  readonly state: RegistrationState;
  /**
   * The newest wish wins; null removes what there is. Resolves when nothing is under way any more. Where api.video asked
   * to slow down, the wish waits until that time is over.
   */
  want(wish: RegistrationWish | null): Promise<RegistrationState>;
  /** The same, at once, and with a look at what the account has: for a user who does not want to wait. */
  retry(wish: RegistrationWish | null): Promise<RegistrationState>;
  /** To be called where there is reason to think that the account is not as we know it. */
  look(): Promise<RegistrationState>;
  /**
   * Removes webhooks of this app that are left over, and registers where the limit was in the way. Throws AppError:
   * `input.invalid` for ids that must not be removed (nothing is removed then), else what api.video refused, with
   * `removed` and `kept` in its details.
   */
  prune(choice: PruneChoice): Promise<Pruned>;
  /** Resolves when no registering or removing is under way. A pause before the next try does not count. */
  settled(): Promise<void>;
  /** For the end of the app: removes what there is, within 2 s or until `signal` aborts; later wishes are ignored. */
  remove(signal?: AbortSignal): Promise<RegistrationState>;
  /** Ends what is under way and knows nothing any more of what there is; a new wish begins from nothing. */
  forget(): Promise<void>;
  /** True for a webhook of this installation, by its URL. */
  isOurs(url: string): boolean;
  /** True for the webhook that the public URL is registered with right now. */
  isCurrent(webhookId: string): boolean;
}

export function createRegistration(deps: RegistrationDeps): Registration {
  const { installId, log, random = Math.random } = deps;
  const delaysMs = deps.retryDelaysMs ?? RETRY_DELAYS_MS;
  const own = createOwnWebhooks(deps);
  let lifetime = new AbortController();
  let state: RegistrationState = { phase: "none" };
  let wish: RegistrationWish | null = null;
  /** Grows with every reason to look at the wish again. */
  let version = 0;
  let working: Promise<void> | null = null;
  let turn: Promise<unknown> | null = null;
  let failures = 0;
  let retryTimer: NodeJS.Timeout | undefined;
  /** The account that asked to slow down, until the time is over. */
  let slowed: WebhookApi | null = null;
  let isLookDue = false;
  /** Why the account cannot be looked at, where somebody has to do something about it. */
  let lookFault: { api: WebhookApi; fault: RegistrationState["fault"] } | null = null;
  let isEnding = false;
  const lookTimer = setInterval(() => void look(), deps.lookEveryMs ?? LOOK_EVERY_MS).unref();

  function change(next: RegistrationState): void {
    if (lifetime.signal.aborted || isDeepStrictEqual(next, state)) return;
    state = next;
    deps.onChange(state);
  }

  /** Nothing that changes the account runs beside anything else that does. Starts at once where nothing else runs. */
  async function inTurn<T>(task: () => Promise<T>): Promise<T> {
    while (turn !== null) await turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    turn = promise;
    try {
      return await task();
    } finally {
      turn = null;
      resolve();
    }
  }

  async function run(): Promise<RegistrationState> {
    clearTimeout(retryTimer);
    slowed = null;
    version += 1;
    working ??= inTurn(work);
    await working;
    return state;
  }

  /** Wishes that come and go while api.video answers are never acted upon. Never rejects. */
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
      const left = goal === null ? await removeAll() : await register(goal, isOutdated);
      if (left === null) failures = 0;
      else if (!isOutdated()) retryLater(left);
    } catch (error) {
      if (!isOutdated() && !lifetime.signal.aborted) fail(goal, error);
    }
  }

  /** Gives why a webhook that was replaced is still there, where it is. */
  async function register({ publicUrl, events }: RegistrationWish, isOutdated: () => boolean): Promise<unknown> {
    const api = deps.api();
    if (api === null) {
      throw new AppError("api.key_missing", "There is no API key. Enter one in Settings, or set APIVIDEO_API_KEY.");
    }
    const wanted = { url: registeredUrl(publicUrl, installId), events: [...events] };
    if (isLookDue) await lookAt(api);
    if (!own.isInPlace(api, wanted)) change({ phase: "registering", ...wanted });
    const webhookId = await own.ensure(api, wanted, isOutdated, lifetime.signal);
    if (webhookId === null || isOutdated()) return null;
    const fault = lookFault?.api === api ? lookFault.fault : undefined;
    change({ phase: "registered", webhookId, ...wanted, ...(fault && { fault }) });
    return removeReplaced(api);
  }

  /** What is in place stays so when it cannot be looked at; what is not shows its own fault when it is created. */
  async function lookAt(api: WebhookApi): Promise<void> {
    isLookDue = false;
    lookFault = null;
    try {
      await own.look(api, lifetime.signal);
    } catch (error) {
      if (isAppError(error, "api.unauthorized", "api.forbidden")) lookFault = { api, fault: toFault(error) };
      else if (!(error instanceof AppError || lifetime.signal.aborted)) log.error("registration.broke", error);
    }
  }

  /** The registration holds without it, so a failure is none of the registration. */
  async function removeReplaced(api: WebhookApi): Promise<unknown> {
    const before = own.count;
    try {
      await own.remove("all but current", api, lifetime.signal);
      if (own.count < before) deps.onReplacedGone?.();
      return null;
    } catch (error) {
      if (!(error instanceof AppError || lifetime.signal.aborted)) log.error("registration.broke", error);
      return error;
    }
  }

  /** What we know of goes also where the account cannot be looked at for what we do not. */
  async function removeAll(): Promise<null> {
    const api = deps.api();
    const looked = await Promise.allSettled(api === null ? [] : [own.look(api, lifetime.signal, true)]);
    if (own.count > 0) {
      const { webhookId, url } = state;
      change({ phase: "removing", ...(webhookId !== undefined && { webhookId }), ...(url !== undefined && { url }) });
      await own.remove("all", api, lifetime.signal);
    }
    for (const look of looked) if (look.status === "rejected") throw look.reason;
    change({ phase: "none" });
    return null;
  }

  function fail(goal: RegistrationWish | null, error: unknown): void {
    const target = goal && { url: registeredUrl(goal.publicUrl, installId), events: [...goal.events] };
    if (error instanceof AppError) log.warn("registration.failed", { code: error.code });
    else log.error("registration.broke", error);
    change({ phase: "failed", ...target, fault: toFault(error) });
    retryLater(error);
  }

  function retryLater(error: unknown): void {
    if (isEnding || !(error instanceof AppError) || !mayPass(error)) return;
    const delayMs = retryDelayMs({ error, failures, delaysMs, random: random() });
    failures += 1;
    slowed = askedMs(error) > 0 ? deps.api() : null;
    retryTimer = setTimeout(() => void run(), delayMs).unref();
  }

  async function look(): Promise<RegistrationState> {
    if (isEnding || state.phase !== "registered") return state;
    isLookDue = true;
    return run();
  }

  return {
    get state() {
      return state;
    },
    async want(next) {
      if (isEnding) return state;
      wish = next;
      if (slowed !== null && slowed === deps.api()) return state;
      failures = 0;
      return run();
    },
    async retry(next) {
      if (isEnding) return state;
      wish = next;
      failures = 0;
      isLookDue = true;
      return run();
    },
    look,
    async prune(choice) {
      const api = deps.api();
      if (api === null) throw new AppError("api.key_missing", "There is no API key to look for webhooks with.");
      try {
        return await inTurn(() => own.prune(api, choice, lifetime.signal));
      } finally {
        if (state.fault?.code === "registration.limit") await run();
      }
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
    async forget() {
      if (isEnding) return;
      clearTimeout(retryTimer);
      wish = null;
      lifetime.abort();
      while (working !== null || turn !== null) await (working ?? turn);
      lifetime = new AbortController();
      own.forget();
      failures = 0;
      slowed = null;
      isLookDue = false;
      lookFault = null;
      change({ phase: "none" });
    },
    isOurs: (url) => isRegisteredUrl(url, installId),
    isCurrent: own.isCurrent,
    async [Symbol.asyncDispose]() {
      isEnding = true;
      clearTimeout(retryTimer);
      clearInterval(lookTimer);
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
