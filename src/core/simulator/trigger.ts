import { hash } from "node:crypto";
import { defaultDialect } from "#shared/contract/simulator-commands.ts";
import type { CommandOutput, ParsedInput } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Json, JsonObject } from "../lib/set-path.ts";
import { signBody } from "../lib/sign-body.ts";
import { waitAtMost } from "../lib/wait-at-most.ts";
import { postEvent } from "./post-event.ts";
import { buildEvent } from "./sample-event.ts";

/** A delivery is stored before it is answered, so this only matters where the URL leads to somebody else. */
const MAX_ARRIVAL_MS = 5_000;

/** A webhook as far as signing needs it. */
export interface SigningWebhook {
  readonly webhookId: string;
  readonly secret: string;
}

export interface TriggerDeps {
  /** The current registration, or a local stand-in for it. */
  webhook(): Promise<SigningWebhook>;
  /** Another webhook whose secret the app knows, so that `wrong-secret` can be explained. */
  otherSecret(): Promise<SigningWebhook>;
  /** Throws AppError where there is no public URL. */
  urlFor(via: TriggerInput["via"]): string;
  /** `id` resolves once a delivery with this webhook and body (lowercase hex) is stored. */
  expectArrival(wanted: { webhookId: string | undefined; bodySha256: string }): {
    readonly id: Promise<string>;
    cancel(): void;
  };
  readonly clock: Clock;
  readonly log: Log;
  randomId(bytes: number): string;
  /** How long an event that was answered may take to be stored; 5 s if left out. */
  readonly maxArrivalMs?: number;
}

export type TriggerInput = ParsedInput<"simulator.trigger">;

/** The command `simulator.trigger`. */
export type Trigger = (input: TriggerInput, signal?: AbortSignal) => Promise<CommandOutput<"simulator.trigger">>;

/**
 * Sends simulated events one after the other, each once the one before is stored. Throws AppError `simulator.failed`
 * where one cannot be sent or does not arrive, `input.invalid` for a path that cannot be set, and what `deps` throw.
 */
export function createTrigger(deps: TriggerDeps): Trigger {
  return async (input, signal) => {
    const signer = await chooseSigner(deps, input.signature);
    const url = deps.urlFor(input.via);
    const ids: string[] = [];
    let now = 0;
    while (ids.length < input.count) {
      signal?.throwIfAborted();
      // Each event has a time of its own, as it would from api.video, even when two are sent within a millisecond.
      now = Math.max(Math.floor(deps.clock.now()), now + 1);
      const event = buildEvent({
        type: input.type,
        ...(input.set && { set: input.set }),
        dialect: input.dialect ?? defaultDialect(input.type),
        now,
        randomId: deps.randomId,
      });
      ids.push(await sendAndAwait(deps, url, { ...signer.sign(event), webhookId: signer.webhookId }, signal));
    }
    deps.log.info("simulator.triggered", { count: ids.length, signature: input.signature, via: input.via });
    return { ids };
  };
}

interface SignedBody {
  readonly body: Buffer;
  readonly signature: string | null;
}

interface Signer {
  readonly webhookId: string;
  sign(event: JsonObject): SignedBody;
}

async function chooseSigner(deps: TriggerDeps, mode: TriggerInput["signature"]): Promise<Signer> {
  const { webhookId, secret } = await deps.webhook();
  switch (mode) {
    case "valid":
      return { webhookId, sign: (event) => signed(compact(event), secret) };
    case "wrong-secret": {
      const other = await deps.otherSecret();
      return { webhookId, sign: (event) => signed(compact(event), other.secret) };
    }
    case "missing":
      return { webhookId, sign: (event) => ({ body: compact(event), signature: null }) };
    case "reserialised":
      return {
        webhookId,
        sign: (event) => ({ body: Buffer.from(spaced(event)), signature: signBody(compact(event), secret) }),
      };
  }
}

function signed(body: Buffer, secret: string): SignedBody {
  return { body, signature: signBody(body, secret) };
}

/** As api.video sends its JSON. */
function compact(event: JsonObject): Buffer {
  return Buffer.from(JSON.stringify(event));
}

/** The same JSON with insignificant spaces: parsing it and writing it again gives the compact form. */
function spaced(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(spaced).join(", ")} ]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${spaced(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

async function sendAndAwait(
  deps: TriggerDeps,
  url: string,
  event: SignedBody & { readonly webhookId: string },
  signal: AbortSignal | undefined,
): Promise<string> {
  const bodySha256 = hash("sha256", event.body, "hex");
  const expected = deps.expectArrival({ webhookId: event.webhookId, bodySha256 });
  try {
    const outcome = await postEvent({ url, ...event }, signal);
    signal?.throwIfAborted();
    if (outcome.kind === "unreachable") throw unsent(url, outcome.reason);
    return await arrivalOf(expected.id, url, outcome, deps.maxArrivalMs ?? MAX_ARRIVAL_MS);
  } finally {
    expected.cancel();
  }
}

async function arrivalOf(id: Promise<string>, url: string, { status }: { readonly status: number }, maxMs: number) {
  let arrived: string | undefined;
  const noted = async () => {
    arrived = await id;
  };
  await waitAtMost(maxMs, noted());
  if (arrived !== undefined) return arrived;
  throw new AppError(
    "simulator.failed",
    `${originOf(url)} answered ${status}, but the event did not arrive here. Check where that URL leads: another program, or an old tunnel, may have taken it.`,
    { retryable: true, details: { status } },
  );
}

function unsent(url: string, reason: string): AppError {
  return new AppError(
    "simulator.failed",
    `The event could not be sent to ${originOf(url)} (${reason}). Check that the listener is up and, for the public URL, that the tunnel is open.`,
    { retryable: true, details: { reason } },
  );
}

/** The path can hold what makes the URL ours alone; an origin is enough to know what is meant. */
function originOf(url: string): string {
  return URL.parse(url)?.origin ?? "the URL";
}
