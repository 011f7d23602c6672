import { randomBytes } from "node:crypto";

/** A browser that is there starts and asks well within this. */
const GOOD_FOR_MS = 60_000;

/** Ways in that are good once and for a minute. */
export interface Tickets {
  issue(): string;
  /** Whether it was good; it no longer is. */
  take(ticket: string): boolean;
}

/**
 * For whoever has to write an address where others can read it, such as among the arguments of a program: what stands
 * there is spent as soon as the page is open. `now` is in milliseconds.
 */
export function createTickets(now: () => number = () => performance.now()): Tickets {
  const issuedAt = new Map<string, number>();
  return {
    issue() {
      const ticket = randomBytes(24).toString("base64url");
      issuedAt.set(ticket, now());
      return ticket;
    },
    take(ticket) {
      const at = issuedAt.get(ticket);
      return issuedAt.delete(ticket) && at !== undefined && now() - at <= GOOD_FOR_MS;
    },
  };
}
