import { connect } from "node:net";
import { networkInterfaces } from "node:os";

/** A pause this long between two ticks means that the process did not run: the computer slept, or it was stopped. */
const SLEPT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 1_000;

export interface WatchWorldOptions {
  readonly tickMs: number;
  /** Epoch milliseconds by the wall clock. */
  now(): number;
  /** The computer slept, its clock was set, or its network is another one. */
  onWoke(): void;
  onTick(): void;
}

/** Notices from inside a process what no event of Node tells: sleep, a clock that jumped, another network. */
export function watchWorld({ tickMs, now, onWoke, onTick }: WatchWorldOptions): Disposable {
  let last = now();
  let addresses = ownAddresses();
  const timer = setInterval(() => {
    const [before, addressesBefore] = [last, addresses];
    last = now();
    addresses = ownAddresses();
    if (Math.abs(last - before - tickMs) > SLEPT_MS || addresses !== addressesBefore) onWoke();
    onTick();
  }, tickMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Whether something accepts connections there. Never rejects. */
export async function accepts({ host, port }: { readonly host: string; readonly port: number }): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
  socket.unref();
  socket.once("connect", () => resolve(true));
  for (const end of ["error", "timeout", "close"]) socket.on(end, () => resolve(false));
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

function ownAddresses(): string {
  return Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join(" ");
}
