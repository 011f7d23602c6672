import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Canary, createCanary } from "#core/tunnel/canary.ts";
import { createTunnel, type Tunnel, type TunnelDeps } from "#core/tunnel/tunnel.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import { type Relay, type RelayOptions, startRelay } from "../../helpers/relay.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { answerCanaries, tunnelDeps } from "./tunnel-deps.ts";

export const LOCALTUNNEL = { provider: "localtunnel" } as const;
export const SUBDOMAIN = "calm-otter-tunnel";

export interface TunnelFixture extends AsyncDisposable {
  readonly relay: Relay;
  readonly tunnel: Tunnel;
  readonly target: Server;
  /** Every state that was announced, in order. */
  readonly states: readonly TunnelState[];
  readonly log: ReturnType<typeof silentLog>;
  readonly canary: Canary;
  /** How often the tunnel wanted its listener started anew. */
  restarts(): number;
  /** What to open our tunnel at our relay with. */
  readonly options: { readonly host: string; readonly subdomain: string };
}

type Given = Partial<Pick<TunnelDeps, "openTimeoutMs" | "nameGraceMs" | "clock">> & {
  readonly target?: Server;
  readonly relay?: RelayOptions;
  /** The fixture whose server a public URL leads to that is not of this one's relay. */
  readonly leadsTo?: TunnelFixture;
};

/** A relay, a server that echoes bodies (or the one given), and a tunnel that is not open yet. */
export async function tunnelFixture(given: Given = {}): Promise<TunnelFixture> {
  await using stack = new AsyncDisposableStack();
  const { target: givenTarget, relay: relayOptions, leadsTo, ...timing } = given;
  const relay = stack.use(await startRelay(relayOptions));
  const target = givenTarget ?? createServer((request, response) => request.pipe(response));
  // A public URL that leads to another fixture's server is proven by that one's canaries.
  const canary = leadsTo?.canary ?? createCanary();
  answerCanaries(target, canary);
  target.listen(0, "127.0.0.1");
  await new Promise((resolve) => target.once("listening", resolve));
  stack.defer(() => {
    target.close();
    target.closeAllConnections();
  });
  const states: TunnelState[] = [];
  const log = silentLog();
  let restarts = 0;
  const tunnel = stack.use(
    createTunnel({
      // A server that listens on a TCP port has such an address.
      ...tunnelDeps(() => (target.address() as AddressInfo).port, canary),
      log,
      onChange: (state) => states.push(state),
      async restartListener() {
        restarts += 1;
      },
      ...timing,
    }),
  );
  const owned = stack.move();
  return {
    relay,
    tunnel,
    target,
    states,
    log,
    canary,
    restarts: () => restarts,
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
