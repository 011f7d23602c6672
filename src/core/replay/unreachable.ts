import type { AttemptOutcome, UnreachableReason } from "#shared/domain/attempt.ts";
import { isTlsCode } from "../lib/tls-codes.ts";
import type { Exchanged } from "./wire/exchange.ts";
import { PROTOCOL_FAULTS } from "./wire/protocol-fault.ts";

type Unreachable = Extract<AttemptOutcome, { kind: "unreachable" }>;

/** Turns an exchange that brought no answer into what the user sees: why, and what to do. `host` with its port. */
export function toUnreachable(exchanged: Exclude<Exchanged, { kind: "answer" }>, host: string): Unreachable {
  if (exchanged.kind === "fault") {
    const words = PROTOCOL_FAULTS[exchanged.fault];
    return unreachable("protocol", `${host} answered with something that is not HTTP: ${words}. Check the port.`);
  }
  const { why, error, isKept } = exchanged;
  const code = codeOf(error);
  if (why === "timed-out") {
    return unreachable("timeout", `${host} did not answer in time. Look at what your handler waits for.`);
  }
  if (why === "securing" || isTlsCode(code)) {
    return unreachable("tls", `No secure connection to ${host} (${code}). Check its certificate, or use http://.`);
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
      // Who says that the handler crashed would have to know that it was reached.
      if (isKept) {
        return unreachable(
          "reset",
          `${host} closed the connection without an answer, perhaps because it was idle before. Look for a crash in its log, or replay.`,
        );
      }
      return unreachable("reset", `${host} closed the connection without an answer. Look for a crash in its log.`);
  }
}

export function nameNotFound(hostname: string): Unreachable {
  return unreachable("dns", `No address was found for ${hostname}. Check the name and your network.`);
}

/** For a sending that was left out to see what the handler makes of it. */
export function droppedOnPurpose(): Unreachable {
  return unreachable("dropped", "Nothing was sent: this delivery was dropped on purpose.");
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
