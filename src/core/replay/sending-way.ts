/** A body that is slower than this is sent at the rate that makes it so long. */
const MAX_SENDING_MS = 600_000;

/**
 * A request that does not go out in one go. `slow`: the head at once, the body piece by piece. `break-off`: so many bytes
 * of the body, and then our side of the connection ends; what the target says to that can still be read.
 */
export type SendingWay =
  | { readonly kind: "slow"; readonly bytesPerSecond: number }
  | { readonly kind: "break-off"; readonly afterBytes: number };

/** How long it takes to send a body of so many bytes, as far as that is on purpose. */
export function sendingMs(way: SendingWay | undefined, bodyBytes: number): number {
  return way?.kind === "slow" ? Math.min(MAX_SENDING_MS, (bodyBytes / way.bytesPerSecond) * 1_000) : 0;
}
