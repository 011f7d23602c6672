import { createDeliveryServer, type DeliveryServerDeps } from "./delivery-server.ts";
import { listenOn } from "./listen-on.ts";

export interface ListenerDeps extends DeliveryServerDeps {
  /** 0 means any free port. */
  readonly port: number;
}

export interface Listener extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Closes everything and listens again on the same port; who asks meanwhile shares it. Throws like `startListener`. */
  restart(): Promise<void>;
}

/**
 * The one server that the internet can reach. It captures any method and any path and serves nothing.
 * Throws AppError `listener.port_in_use` or `listener.permission`.
 */
export async function startListener(deps: ListenerDeps): Promise<Listener> {
  let deliveries = createDeliveryServer(deps);
  const port = await listenOn(deliveries.server, deps.port);
  let restarting: Promise<void> | undefined;
  let isDisposed = false;

  async function startAnew(): Promise<void> {
    await deliveries.stop();
    if (isDisposed) return;
    deliveries = createDeliveryServer(deps);
    await listenOn(deliveries.server, port);
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    restart() {
      restarting ??= startAnew().finally(() => {
        restarting = undefined;
      });
      return restarting;
    },
    async [Symbol.asyncDispose]() {
      isDisposed = true;
      // A restart that fails is told to the one who asked for it.
      await Promise.allSettled([restarting]);
      await deliveries.stop();
    },
  };
}
