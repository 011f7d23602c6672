import type { AttemptOutcome, UnreachableReason } from "#shared/domain/attempt.ts";
import { isTlsCode } from "../lib/tls-codes.ts";

type Unreachable = Extract<AttemptOutcome, { kind: "unreachable" }>;

interface Circumstances {
  /** Host and port of the target, as the user wrote them. */
  readonly host: string;
  readonly isTimedOut: boolean;
  /** The connection stood, and TLS was being agreed on. */
  readonly isSecuring: boolean;
}

/** Turns the error of a request into what the user sees: why no answer came, and what to do. */
export function toUnreachable(error: unknown, { host, isTimedOut, isSecuring }: Circumstances): Unreachable {
  const code = codeOf(error);
  if (isTimedOut) return unreachable("timeout", `${host} did not answer in time. Look at what your handler waits for.`);
  if (isSecuring || isTlsCode(code)) {
    return unreachable("tls", `No secure connection to ${host} (${code}). Check its certificate, or use http://.`);
  }
  if (code.startsWith("HPE_")) {
    return unreachable("protocol", `${host} answered with something that is not HTTP (${code}). Check the port.`);
  }
  switch (code) {
    case "ECONNREFUSED":
      return unreachable("refused", `Nothing listens on ${host}. Start your server, then replay.`);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
    case "EACCES":
    case "EPERM":
      return unreachable(
        "refused",
        `This machine has no way to ${host} (${code}). Check the address and your network.`,
      );
    case "ETIMEDOUT":
      return unreachable("timeout", `${host} did not accept a connection in time. Check the address.`);
    default:
      return unreachable("reset", `${host} closed the connection without an answer. Look for a crash in its log.`);
  }
}

export function nameNotFound(hostname: string): Unreachable {
  return unreachable("dns", `No address was found for ${hostname}. Check the name and your network.`);
}

function unreachable(reason: UnreachableReason, message: string): Unreachable {
  return { kind: "unreachable", reason, message };
}

/** Where several addresses were tried, a refusal tells more than "no way to the other one". */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(codeOf);
    return codes.find((code) => code === "ECONNREFUSED") ?? codes[0] ?? "";
  }
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
