import type { HeaderPairs } from "#shared/domain/headers.ts";

/** What the sender of a delivery is answered. Headers are legal and about the message alone; the length comes by itself. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}
