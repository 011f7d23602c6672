import type { Connection } from "../connection.ts";
import type { Handlers } from "../router.ts";

export function tunnelHandlers({
  connection,
}: {
  connection: Connection;
}): Pick<Handlers, "tunnel.open" | "tunnel.close" | "tunnel.prove" | "tunnel.transitions" | "registration.retry"> {
  return {
    "tunnel.open": () => connection.openTunnel(),
    "tunnel.close": () => connection.closeTunnel(),
    "tunnel.prove": () => connection.proveTunnel(),
    "tunnel.transitions": () => ({ transitions: connection.tunnelTransitions() }),
    "registration.retry": () => connection.retryRegistration(),
  };
}
