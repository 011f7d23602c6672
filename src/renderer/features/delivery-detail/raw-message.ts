import type { DeliveryDetail } from "#shared/domain/delivery.ts";

/** The phrases that Node writes beside the statuses that the listener answers with. */
const PHRASES: Readonly<Record<number, string>> = {
  202: "Accepted",
  400: "Bad Request",
  408: "Request Timeout",
  413: "Payload Too Large",
};

/**
 * The head of a delivery as it stood on the wire, but for the HTTP version after the path, which is not kept. It ends
 * with the empty line.
 */
export function requestHead({ method, path, headers }: DeliveryDetail): string {
  return [`${method} ${path}`, ...headers.map(([name, value]) => `${name}: ${value}`), "", ""].join("\n");
}

/** The first line of what was answered; null where no answer went out or it is not known. */
export function answerLine({ answered }: DeliveryDetail): string | null {
  if (answered === null) return null;
  const phrase = PHRASES[answered.status];
  return phrase === undefined ? String(answered.status) : `${answered.status} ${phrase}`;
}
