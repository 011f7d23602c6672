import { isLoopbackHost } from "#shared/domain/tunnel.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import { valuesOf } from "../lib/raw-headers.ts";

/**
 * Who may be told what the developer's own server answers. A relay behind a public URL would open that server to whoever
 * finds the URL, page by page: so only those hear it whose signature proves that they have the secret, and, while there is
 * no tunnel, those who call this machine by its own name.
 */
export function isTrustedSender(
  sender: { readonly rawHeaders: readonly string[]; readonly state: VerificationState },
  hasTunnel: boolean,
): boolean {
  if (sender.state === "verified") return true;
  const hosts = valuesOf(sender.rawHeaders, "host");
  return !hasTunnel && hosts.length === 1 && isLoopbackHost(URL.parse(`http://${hosts[0]}`)?.hostname ?? "");
}
