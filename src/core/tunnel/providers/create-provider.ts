import type { TunnelChoice } from "#shared/domain/tunnel.ts";
import { createLocaltunnel } from "./localtunnel.ts";
import { createManual } from "./manual.ts";
import type { TunnelProvider } from "./provider.ts";

export function createProvider(
  choice: TunnelChoice,
  options: { host: string | null; subdomain: string },
): TunnelProvider | null {
  switch (choice.provider) {
    case "localtunnel":
      return createLocaltunnel(options);
    case "manual":
      return createManual(choice.url);
    default:
      return null;
  }
}
