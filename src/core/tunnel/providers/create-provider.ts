import { assertNever } from "#shared/assert-never.ts";
import type { TunnelChoice } from "#shared/domain/tunnel.ts";
import { createCloudflared } from "./cloudflared.ts";
import { createLocaltunnel } from "./localtunnel.ts";
import { createManual } from "./manual.ts";
import { createNgrok } from "./ngrok.ts";
import type { NgrokModule } from "./ngrok-client.ts";
import type { TunnelProvider } from "./provider.ts";
import { createSsh } from "./ssh.ts";

export interface ProviderOptions {
  /**
   * What goes with the choice: the address of an own localtunnel relay, the URL of a named tunnel at Cloudflare, the
   * domain at ngrok, or the URL of an own server that is reached with ssh. null for none.
   */
  readonly host: string | null;
  /** The name to ask a localtunnel relay for. */
  readonly subdomain: string;
  /** Where secrets of the tunnels and the programs are found: TUNNEL_TOKEN, NGROK_AUTHTOKEN, PATH. */
  readonly env: NodeJS.ProcessEnv;
  loadNgrok(): Promise<NgrokModule>;
}

/** The way to a public URL that a choice means; null where none is wanted. */
export function createProvider(choice: TunnelChoice, options: ProviderOptions): TunnelProvider | null {
  const { host, subdomain, env, loadNgrok } = options;
  switch (choice.provider) {
    case "none":
      return null;
    case "localtunnel":
      return createLocaltunnel({ host, subdomain });
    case "cloudflared":
      return createCloudflared({ env, namedHost: host, token: env["TUNNEL_TOKEN"] });
    case "ngrok":
      return createNgrok({ load: loadNgrok, authtoken: env["NGROK_AUTHTOKEN"], domain: toDomain(host) });
    case "ssh":
      return createSsh(choice, { env, publicUrl: host });
    case "manual":
      return createManual(choice.url);
    default:
      return assertNever(choice);
  }
}

/** ngrok wants a name where the others want a URL: both are taken. */
function toDomain(host: string | null): string | null {
  if (host === null) return null;
  return URL.parse(host)?.hostname || host;
}
