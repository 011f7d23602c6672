import { parseTunnelChoice, type TunnelChoice } from "./tunnel.ts";

/** What one should know of a way to a public URL before choosing it. */
export interface TunnelTraits {
  /** As it is chosen: a form of `--tunnel`. */
  readonly name: string;
  /** `fixed`: always the same. `requested`: the same as long as nobody else takes the name. `random`: new each time. */
  readonly urlStability: "fixed" | "requested" | "random";
  /** False where payloads cross the internet in the clear between the service and this machine. */
  readonly isEncrypted: boolean;
  readonly needsAccount: boolean;
  /** A program or package that must be on this machine. */
  readonly needs?: string;
  /** The client mends its own connection after a break. */
  readonly mendsItself: boolean;
  /** The service ends a session after this. */
  readonly maxSessionMs?: number;
  /** Every request counts towards a quota: the path is proven more seldom. */
  readonly isMetered?: boolean;
  /** Added to our own requests, so that no reminder page is put before the tunnel. */
  readonly probeHeaders?: Readonly<Record<string, string>>;
}

/** One hour: what pinggy gives without an account (https://pinggy.io, free plan). */
const PINGGY_FREE_MS = 60 * 60_000;

export const TUNNEL_TRAITS = {
  localtunnel: {
    name: "localtunnel",
    urlStability: "requested",
    isEncrypted: false,
    needsAccount: false,
    mendsItself: false,
    // Any value will do (https://theboroer.github.io/localtunnel-www/).
    probeHeaders: { "bypass-tunnel-reminder": "1" },
  },
  cloudflared: {
    name: "cloudflared",
    // Of a quick tunnel; a named one has the host name it was given.
    urlStability: "random",
    isEncrypted: true,
    needsAccount: false,
    needs: "the program cloudflared",
    mendsItself: true,
  },
  ngrok: {
    name: "ngrok",
    urlStability: "fixed",
    isEncrypted: true,
    needsAccount: true,
    needs: "the package @ngrok/ngrok and an authtoken in NGROK_AUTHTOKEN",
    mendsItself: true,
    isMetered: true,
    probeHeaders: { "ngrok-skip-browser-warning": "1" },
  },
  pinggy: {
    name: "pinggy",
    urlStability: "random",
    isEncrypted: true,
    needsAccount: false,
    needs: "the program ssh",
    mendsItself: false,
    maxSessionMs: PINGGY_FREE_MS,
    probeHeaders: { "X-Pinggy-No-Screen": "1" },
  },
  "localhost.run": {
    name: "localhost.run",
    urlStability: "random",
    isEncrypted: true,
    needsAccount: false,
    needs: "the program ssh",
    mendsItself: false,
  },
  ssh: {
    name: "ssh://user@host",
    urlStability: "fixed",
    isEncrypted: true,
    needsAccount: true,
    needs: "the program ssh, and a server of your own",
    mendsItself: false,
  },
  manual: {
    name: "https://my.own.url",
    urlStability: "fixed",
    isEncrypted: true,
    needsAccount: false,
    mendsItself: false,
  },
} as const satisfies Record<string, TunnelTraits>;

/** The traits of a choice; null where there is no tunnel at all. */
export function traitsOf(choice: TunnelChoice): TunnelTraits | null {
  switch (choice.provider) {
    case "none":
      return null;
    case "ssh":
      return TUNNEL_TRAITS["preset" in choice ? choice.preset : "ssh"];
    default:
      return TUNNEL_TRAITS[choice.provider];
  }
}

/** True where the public URL, and what answers there, are the user's own; `host` is what goes with the choice. */
export function hasOwnUrl(choice: TunnelChoice, host: string | null): boolean {
  const isOwnServer = choice.provider === "ssh" && "host" in choice;
  return choice.provider === "manual" || isOwnServer || (choice.provider === "cloudflared" && host !== null);
}

/** What the setting `tunnelHost` means to a tunnel, chosen as in `--tunnel`; null where it means nothing. */
export function hostMeaning(tunnel: string): string | null {
  const choice = parseTunnelChoice(tunnel);
  switch (choice?.provider) {
    case "localtunnel":
      return "localtunnel: the address of your own relay.";
    case "cloudflared":
      return "cloudflared: the host name of your own named tunnel, which needs its token.";
    case "ngrok":
      return "ngrok: the domain of your account.";
    case "ssh":
      return "preset" in choice ? null : "ssh: the public URL that your server answers at.";
    default:
      return null;
  }
}
