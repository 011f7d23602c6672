import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createTunnel, type Tunnel } from "#core/tunnel/tunnel.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import { type Relay, type RelayOptions, startRelay } from "../../helpers/relay.ts";
import { silentLog } from "../../helpers/silent-log.ts";

export const LOCALTUNNEL = { provider: "localtunnel" } as const;
export const SUBDOMAIN = "calm-otter-tunnel";

export interface TunnelFixture extends AsyncDisposable {
  readonly relay: Relay;
  readonly tunnel: Tunnel;
  readonly target: Server;
  /** Every state that was announced, in order. */
  readonly states: readonly TunnelState[];
  readonly log: ReturnType<typeof silentLog>;
  /** What to open our tunnel at our relay with. */
  readonly options: { readonly host: string; readonly subdomain: string };
}

/** A relay, a server that echoes bodies (or the one given), and a tunnel that is not open yet. */
export async function tunnelFixture(
  given: { target?: Server; relay?: RelayOptions; openTimeoutMs?: number } = {},
): Promise<TunnelFixture> {
  await using stack = new AsyncDisposableStack();
  const relay = stack.use(await startRelay(given.relay));
  const target = given.target ?? createServer((request, response) => request.pipe(response));
  target.listen(0, "127.0.0.1");
  await new Promise((resolve) => target.once("listening", resolve));
  stack.defer(() => {
    target.close();
    target.closeAllConnections();
  });
  const states: TunnelState[] = [];
  const log = silentLog();
  const tunnel = stack.use(
    createTunnel({
      clock: { now: () => performance.now() },
      log,
      // A server that listens on a TCP port has such an address.
      listenerPort: () => (target.address() as AddressInfo).port,
      onChange: (state) => states.push(state),
      ...(given.openTimeoutMs !== undefined && { openTimeoutMs: given.openTimeoutMs }),
    }),
  );
  const owned = stack.move();
  return {
    relay,
    tunnel,
    target,
    states,
    log,
    options: { host: relay.url, subdomain: SUBDOMAIN },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Opens the tunnel of the fixture and gives its public URL. */
export async function openUrl({ tunnel, options }: TunnelFixture): Promise<string> {
  const state = await tunnel.open(LOCALTUNNEL, options);
  if (state.url === null) throw new Error(`The tunnel did not open: ${state.fault?.message}`);
  return state.url;
}
