import type { TunnelFault } from "#shared/domain/tunnel.ts";
import type { SshService } from "./ssh-service.ts";

/** What ssh says about its progress. */
const IS_CHATTER = /^debug\d: |^Warning: Permanently added|^Authenticated to |^Transferred: |^Bytes per second: |^\{/;
const NETWORK =
  /Could not resolve|Connection (?:refused|reset|closed|timed out)|timed out|No route to host|Network is unreachable|not responding|closed by remote|Broken pipe|kex_exchange_identification|banner exchange/i;

/** The fault of an ssh that ended; its exit code is 255 for every reason (ssh(1)), so that its words must tell. */
export function endedFault(lines: readonly string[], service: SshService): TunnelFault {
  const said = lines.filter((line) => !IS_CHATTER.test(line));
  const all = said.join("\n");
  const last = said.at(-1);
  const event = `ssh to ${service.host} ended${last === undefined ? "" : `: “${last}”`}.`;

  if (/HOST IDENTIFICATION HAS CHANGED|Host key verification failed/.test(all)) {
    const message = `${service.host} shows another host key than before: it was set up anew, or somebody is in between. If you know why, run ssh-keygen -R ${knownAs(service)}.`;
    return { kind: "auth", message, retryable: false };
  }
  if (/Permission denied|Too many authentication failures|No supported authentication/i.test(all)) {
    const advice = service.isPublic
      ? "The service does not take anonymous tunnels from here now; choose another."
      : "ssh must get in without asking for a password: load the key into your ssh agent, or name it in ~/.ssh/config.";
    return { kind: "auth", message: `${event} ${advice}`, retryable: false };
  }
  if (/Bad configuration option|unknown option|illegal option|unsupported option/i.test(all)) {
    return { kind: "config", message: `${event} Update OpenSSH to 7.6 or newer.`, retryable: false };
  }
  if (/cannot listen to port|Could not request local forwarding/i.test(all)) {
    return { kind: "unknown", message: event, retryable: true };
  }
  if (/remote port forwarding failed|administratively prohibited/i.test(all)) return notForwarded(service);
  if (NETWORK.test(all)) {
    return { kind: "network", message: `${event} Check the network.`, retryable: true };
  }
  return { kind: "relay", message: event, retryable: true };
}

/** The fault of an open that ran out of time, while ssh is still at it. */
export function unreadyFault(lines: readonly string[], { host }: SshService): TunnelFault {
  const last = lines.findLast((line) => !IS_CHATTER.test(line));
  const said = last === undefined ? "" : ` It said “${last}”.`;
  return {
    kind: "network",
    message: `${host} gave us no tunnel in time.${said}`,
    retryable: true,
  };
}

/** A server may hold the port for a while for a connection that broke: waiting can help. */
function notForwarded({ host, remote, isPublic }: SshService): TunnelFault {
  if (isPublic) {
    const message = `${host} does not give us a tunnel now. If it lasts, choose another service.`;
    return { kind: "relay", message, retryable: true };
  }
  const message = `${host} does not let us listen at its port ${remote}: another tunnel has it, or its sshd allows none (AllowTcpForwarding).`;
  return { kind: "name-taken", message, retryable: true };
}

/** How known_hosts names it. */
function knownAs({ host, port }: SshService): string {
  return port === 22 ? host : `"[${host}]:${port}"`;
}
