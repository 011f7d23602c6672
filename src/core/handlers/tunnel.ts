import { parseTunnelChoice, TUNNEL_FORMS } from "#shared/domain/tunnel.ts";
import { AppError } from "#shared/errors.ts";
import type { Connection } from "../connection.ts";
import type { Handlers } from "../router.ts";

export function tunnelHandlers({
  connection,
}: {
  connection: Connection;
}): Pick<
  Handlers,
  "tunnel.open" | "tunnel.close" | "tunnel.prove" | "tunnel.check" | "tunnel.transitions" | "registration.retry"
> {
  return {
    "tunnel.open": () => connection.openTunnel(),
    "tunnel.close": () => connection.closeTunnel(),
    "tunnel.prove": () => connection.proveTunnel(),
    async "tunnel.check"({ tunnel }) {
      const choice = parseTunnelChoice(tunnel);
      if (choice === null) throw new AppError("input.invalid", TUNNEL_FORMS, { details: { path: "tunnel" } });
      return { problem: await connection.checkTunnel(choice) };
    },
    "tunnel.transitions": () => ({ transitions: connection.tunnelTransitions() }),
    "registration.retry": () => connection.retryRegistration(),
  };
}
