import { connect } from "node:net";
import { isDeepStrictEqual } from "node:util";
import type { TargetHealth } from "#shared/domain/target-health.ts";
import { portOf } from "#shared/domain/url-address.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import type { Sender } from "./sender.ts";
import { nameNotFound, toUnreachable } from "./unreachable.ts";

const CHECK_EVERY_MS = 10_000;
const CONNECT_TIMEOUT_MS = 3_000;

export interface TargetHealthDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** The same guard as for a sending: nothing is connected to that nothing may be sent to. */
  readonly sender: Pick<Sender, "resolve">;
  /** The targets in use. */
  urls(): readonly string[];
  /** Told only when something is otherwise than before. */
  onChange(healths: readonly TargetHealth[]): void;
}

/**
 * Looks now and then whether something accepts a connection at each target. No request is sent: a handler must not be
 * called by us, and an open port says what a developer asks first.
 */
export interface TargetsHealth extends AsyncDisposable {
  readonly current: readonly TargetHealth[];
  /** From now on by itself. */
  start(): void;
  /** To be called when the targets have changed: those that are new are looked at at once. */
  follow(): void;
  /** Looks at all of them now. */
  check(): Promise<readonly TargetHealth[]>;
}

type Finding = Pick<TargetHealth, "state" | "message">;

export function watchTargets({ clock, log, sender, urls, onChange }: TargetHealthDeps): TargetsHealth {
  let current: readonly TargetHealth[] = [];
  let isStarted = false;
  let timer: NodeJS.Timeout | undefined;
  let checking: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();

  function set(next: readonly TargetHealth[]): void {
    if (isDeepStrictEqual(next, current)) return;
    current = next;
    onChange(current);
  }

  /** In the order of the targets; a finding that is as it was keeps its time. */
  function merge(findings: ReadonlyMap<string, Finding>): void {
    const since = new Date(clock.now()).toISOString();
    set(
      [...new Set(urls())].map((url) => {
        const before = current.find((health) => health.url === url);
        const found = findings.get(url) ?? before ?? { state: "checking" };
        const isSame = before?.state === found.state && before.message === found.message;
        return isSame ? before : { url, state: found.state, since, ...(found.message && { message: found.message }) };
      }),
    );
  }

  async function look(): Promise<void> {
    const wanted = [...new Set(urls())];
    const findings = await Promise.all(wanted.map(async (url) => [url, await findingOf(url)] as const));
    if (!closing.signal.aborted) merge(new Map(findings));
  }

  async function findingOf(url: string): Promise<Finding> {
    try {
      const { target, addresses } = await sender.resolve(url, closing.signal);
      if (addresses.kind === "not-found") return { state: "down", message: nameNotFound(addresses.hostname).message };
      return await firstOpen(target, addresses.addresses, closing.signal);
    } catch (error) {
      if (error instanceof AppError) return { state: "refused", message: error.message };
      throw error;
    }
  }

  /** One look at a time: the next one begins where the last has ended. */
  function check(): Promise<void> {
    const next = checking.then(look, look);
    checking = next.catch(() => undefined);
    return next;
  }

  function schedule(): void {
    clearTimeout(timer);
    if (!isStarted || closing.signal.aborted || urls().length === 0) return;
    timer = setTimeout(run, CHECK_EVERY_MS);
    timer.unref();
  }

  function run(): void {
    fireAndForget(check().finally(schedule), log, "targets.not_checked");
  }

  function follow(): void {
    if (!isStarted) return;
    merge(new Map());
    run();
  }

  return {
    get current() {
      return current;
    },
    start() {
      isStarted = true;
      follow();
    },
    follow,
    async check() {
      await check();
      return current;
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      closing.abort(new AppError("internal", "The app is closing."));
      await checking;
    },
  };
}

/** One address after the other, as a sending does it. */
async function firstOpen(target: URL, addresses: readonly string[], signal: AbortSignal): Promise<Finding> {
  const errors: unknown[] = [];
  for (const host of addresses) {
    const error = await errorOf(host, portOf(target), signal);
    if (error === null) return { state: "up" };
    errors.push(error);
  }
  const exchanged = { kind: "no-answer", why: "ended", error: new AggregateError(errors), isKept: false } as const;
  return { state: "down", message: toUnreachable(exchanged, target.host).message };
}

/** null where the connection stood, and was closed again. */
async function errorOf(host: string, port: number, signal: AbortSignal): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const socket = connect({ host, port });
  socket.setTimeout(CONNECT_TIMEOUT_MS, () => resolve(Object.assign(new Error("No answer."), { code: "ETIMEDOUT" })));
  socket.once("connect", () => resolve(null));
  socket.once("error", resolve);
  const stop = () => resolve(signal.reason);
  signal.addEventListener("abort", stop);
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", stop);
    // An error that comes while it is closed is nobody's business any more.
    socket.on("error", () => undefined);
    socket.destroy();
  }
}
