import { Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";

/** Listens on 127.0.0.1 and gives the port. */
export async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  // A server that listens on a TCP port has such an address.
  return (server.address() as AddressInfo).port;
}

/** Ends a server, and with an HTTP server its connections, without waiting for what is under way. */
export async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  if (server instanceof HttpServer) server.closeAllConnections();
  await closed.promise;
}
