import * as z from "zod";
import { isTlsCode } from "#core/lib/tls-codes.ts";
import type { TunnelFault } from "#shared/domain/tunnel.ts";

/** Texts of the relay or of the system that are shown to the user. */
const Words = z.string().max(300);

/** Why the worker gave up: what it saw, not yet in words for the user. */
const Failure = z.discriminatedUnion("kind", [
  /** No answer at all; `code` is the system's, like ECONNREFUSED. */
  z.object({ kind: z.literal("unreachable"), code: Words }),
  /** The relay answered with an error status; `reason` is its own message, if it gave one. */
  z.object({ kind: z.literal("refused"), status: z.int(), reason: Words.nullable() }),
  /** The relay answered with something that is no tunnel; `what` describes it. */
  z.object({ kind: z.literal("nonsense"), what: Words }),
  /** The connections that carry the deliveries cannot be made, or are gone. */
  z.object({ kind: z.literal("lost"), reason: Words }),
]);
type Failure = z.infer<typeof Failure>;

/** Everything that the worker tells its parent. */
export const LocaltunnelReport = z.discriminatedUnion("kind", [
  /** The relay gave us a name; its connections come next. */
  z.object({ kind: z.literal("named"), port: z.int() }),
  z.object({ kind: z.literal("open"), id: z.string().max(63), url: z.url({ protocol: /^https?$/ }).max(300) }),
  ...Failure.options,
]);
export type LocaltunnelReport = z.infer<typeof LocaltunnelReport>;

/** What the worker is started with. */
export interface LocaltunnelStart {
  /** null means the public relay that the localtunnel client knows. */
  readonly host: string | null;
  readonly subdomain: string;
  /** Of the listener, on the loopback. */
  readonly port: number;
}

/** Puts a failure into words for the user. `relay` names the relay, as a host with its port. */
export function toFault(failure: Failure, relay: string): TunnelFault {
  switch (failure.kind) {
    case "unreachable":
      return unreachable(failure.code, relay);
    case "refused":
      return refusal(failure.status, failure.reason, relay);
    case "nonsense":
      return {
        kind: "relay",
        message: `${relay} does not answer like a localtunnel relay: ${failure.what}. Check the relay's address.`,
        retryable: false,
      };
    case "lost":
      return {
        kind: "network",
        message: `The relay ${relay} is gone: ${failure.reason}.`,
        retryable: true,
      };
  }
}

/** The fault of an open that ran out of time. `port` is the relay's for our connections, null before it answered. */
export function timeoutFault(relay: string, port: number | null): TunnelFault {
  const message =
    port === null
      ? `The relay ${relay} did not answer in time.`
      : `The relay ${relay} gave us a tunnel, but its port ${port} does not answer: a firewall may be in the way.`;
  return { kind: "network", message, retryable: true };
}

function unreachable(code: string, relay: string): TunnelFault {
  if (isTlsCode(code)) {
    const message = `The certificate of the relay ${relay} cannot be trusted (${code}). Give it a valid one, or choose another relay.`;
    return { kind: "config", message, retryable: false };
  }
  const message =
    code === "ENOTFOUND"
      ? `No address was found for the relay ${relay}. Check its name and the network.`
      : `The relay ${relay} cannot be reached (${code}). Check the network and the relay's address.`;
  return { kind: "network", message, retryable: true };
}

function refusal(status: number, reason: string | null, relay: string): TunnelFault {
  const said = reason === null ? `status ${status}` : `status ${status}: “${reason}”`;
  if (status === 409) {
    return { kind: "name-taken", message: `Our name is taken at the relay ${relay} (${said}).`, retryable: true };
  }
  if (status === 429) {
    return {
      kind: "rate-limit",
      message: `The relay ${relay} wants fewer tunnels from here (${said}).`,
      retryable: true,
    };
  }
  if (status >= 500) {
    return {
      kind: "relay",
      message: `The relay ${relay} is in trouble (${said}).`,
      retryable: true,
    };
  }
  return {
    kind: status === 401 || status === 407 ? "auth" : "relay",
    message: `The relay ${relay} refused to open a tunnel (${said}). Check the relay's address, or choose another relay.`,
    retryable: false,
  };
}
