import type { Socket } from "node:net";
import type localtunnel from "localtunnel";

const TICK_MS = 1_500;
/** A pool that stays this many ticks below its size, with nothing coming or going, has lost places for good. */
const QUIET_TICKS = 2;
/** This long without a single connection, and the relay is gone without having said so. */
const EMPTY_TICKS = 8;
const KEEP_ALIVE_MS = 30_000;
const FINISHED_GRACE_MS = 1_000;

/**
 * Mends what the localtunnel client forgets about its connections to the relay: one whose local side was closed first
 * is never closed, and one that was reset is never replaced, until none is left and deliveries hang.
 * `onEmpty` is called when the pool has been empty for long: laptops that lost their network get no other sign.
 */
export function keepPool(cluster: localtunnel.TunnelCluster, size: number, onEmpty: () => void): void {
  const live = new Set<Socket>();
  let quietTicks = 0;
  let emptyTicks = 0;

  cluster.on("open", (socket: Socket) => {
    live.add(socket);
    quietTicks = 0;
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.once("close", () => {
      live.delete(socket);
      quietTicks = 0;
    });
    socket.once("finish", () => setTimeout(() => socket.destroy(), FINISHED_GRACE_MS));
  });

  setInterval(() => {
    quietTicks += 1;
    emptyTicks = live.size === 0 ? emptyTicks + 1 : 0;
    if (emptyTicks === EMPTY_TICKS) onEmpty();
    // A surplus would be refused by the relay and opened again by the client, over and over: top up only when sure.
    if (quietTicks < QUIET_TICKS) return;
    for (let missing = size - live.size; missing > 0; missing -= 1) cluster.open();
    quietTicks = 0;
  }, TICK_MS);
}
