import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "#shared/errors.ts";

/**
 * Listens on the loopback; 0 means any free port. Gives the port.
 * Throws AppError `listener.port_in_use` or `listener.permission`.
 */
export async function listenOn(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ port, host: "127.0.0.1", backlog: 1024 }, resolve);
  try {
    await promise;
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : "";
    if (code === "EADDRINUSE") {
      throw new AppError(
        "listener.port_in_use",
        `Port ${port} is taken, so no deliveries can be received. Stop what uses it, or choose another with --listener-port (0 = any free one).`,
        { cause, details: { port } },
      );
    }
    if (code === "EACCES") {
      throw new AppError(
        "listener.permission",
        `You may not listen on port ${port}. Choose one above 1023 with --listener-port.`,
        {
          cause,
          details: { port },
        },
      );
    }
    throw cause;
  }
  // A server that listens on TCP has an AddressInfo.
  return (server.address() as AddressInfo).port;
}
