import { lookup as systemLookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { isAllowedHost } from "#shared/domain/allowed-host.ts";
import { isLoopbackHost } from "#shared/domain/tunnel.ts";
import { plainHost } from "#shared/domain/url-address.ts";
import { AppError } from "#shared/errors.ts";

/** All addresses of a name, as the operating system gives them. Rejects where there are none. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/** Where a connection may go. It goes to one of these addresses and asks no name server again. */
export type TargetAddresses =
  | { readonly kind: "found"; readonly addresses: readonly string[]; readonly isLoopback: boolean }
  | { readonly kind: "not-found"; readonly hostname: string };

/** Dev servers listen on either of the two, and which one depends on their runtime. */
const LOCALHOST_ADDRESSES = ["127.0.0.1", "::1"];

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** As a destination, the unspecified addresses mean this machine to most systems. */
const UNSPECIFIED = new BlockList();
UNSPECIFIED.addAddress("0.0.0.0", "ipv4");
UNSPECIFIED.addAddress("::", "ipv6");

/**
 * Where cloud machines get their credentials from, refused even if a user allows a name that leads there: all of
 * link-local (AWS, Google, Azure, and most others), and what AWS, Google, Alibaba, Oracle and Azure have elsewhere.
 * The NAT64 range reaches IPv4 addresses through IPv6, 169.254.169.254 among them.
 */
const NEVER = new BlockList();
NEVER.addSubnet("169.254.0.0", 16, "ipv4");
NEVER.addAddress("100.100.100.200", "ipv4");
NEVER.addAddress("192.0.0.192", "ipv4");
NEVER.addAddress("168.63.129.16", "ipv4");
NEVER.addSubnet("fe80::", 10, "ipv6");
NEVER.addSubnet("fd00:ec2::", 32, "ipv6");
NEVER.addAddress("fd20:ce::254", "ipv6");
NEVER.addSubnet("64:ff9b::", 96, "ipv6");

/**
 * Decides which addresses a target's connection may go to. Loopback is always allowed; another host only where
 * `allowed` has its `name` or `name:port`. A name that is not allowed must lead to loopback with every address it has.
 * `localhost` and what ends on it is this machine without asking anybody (RFC 6761, 6.3).
 * Throws AppError `replay.target_refused`.
 */
export async function resolveTarget(
  target: URL,
  allowed: readonly string[],
  lookup: Lookup = lookUpAll,
): Promise<TargetAddresses> {
  const hostname = plainHost(target.hostname);
  const isAllowed = isAllowedHost(target, allowed);
  const addresses = await addressesOf(hostname, lookup);
  if (addresses.length === 0) {
    if (isAllowed) return { kind: "not-found", hostname };
    throw refused(hostname, `${hostname} is not an address of this machine.`);
  }
  if (addresses.some((address) => isIn(NEVER, address))) {
    throw new AppError(
      "replay.target_refused",
      `${hostname} leads to an address where cloud machines hand out credentials. Deliveries are never sent there.`,
      { details: { host: hostname } },
    );
  }
  const isLoopback = addresses.every((address) => isIn(LOOPBACK, address));
  if (!isLoopback && !isAllowed) throw refused(hostname, `${hostname} is not this machine.`);
  return { kind: "found", addresses, isLoopback };
}

/** Whether a connection to one of these addresses can end at a server that listens on loopback. */
export function mayLeadToLoopback(addresses: readonly string[]): boolean {
  return addresses.some((address) => isIn(LOOPBACK, address) || isIn(UNSPECIFIED, address));
}

async function addressesOf(hostname: string, lookup: Lookup): Promise<readonly string[]> {
  if (isIP(hostname) !== 0) return [hostname];
  if (isLoopbackHost(hostname)) return LOCALHOST_ADDRESSES;
  try {
    return await lookup(hostname);
  } catch {
    // A name without an address and a name server without an answer come to the same: there is nowhere to go.
    return [];
  }
}

async function lookUpAll(hostname: string): Promise<readonly string[]> {
  const found = await systemLookup(hostname, { all: true });
  return found.map(({ address }) => address);
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function refused(hostname: string, reason: string): AppError {
  return new AppError(
    "replay.target_refused",
    `${reason} Deliveries go to this machine only, unless you allow a host: add ${hostname} under Settings → Allowed hosts.`,
    { details: { host: hostname, allow: hostname } },
  );
}
