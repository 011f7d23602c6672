import type { Connection } from "../connection.ts";
import type { Handlers } from "../router.ts";

export function tunnelHandlers({
  connection,
}: {
  connection: Connection;
}): Pick<Handlers, "tunnel.open" | "tunnel.close" | "registration.retry"> {
  return {
    "tunnel.open": () => connection.openTunnel(),
    "tunnel.close": () => connection.closeTunnel(),
    "registration.retry": () => connection.retryRegistration(),
  };
}
