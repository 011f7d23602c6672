/** Enough that nobody finds the name by guessing: whoever knows it can claim it while we are away. */
const RANDOM_BYTES = 16;

/** What the relays of localtunnel take: 4 to 63 of a-z, 0-9 and hyphen, with no hyphen at either end. */
const SUBDOMAIN = /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/;

export function isSubdomain(text: string): boolean {
  return SUBDOMAIN.test(text);
}

/**
 * A name for our tunnel, to be made once per installation and kept: so the public URL stays the same between runs.
 * `randomId` gives that many random bytes in lower-case base 36.
 */
export function newSubdomain(randomId: (bytes: number) => string): string {
  return randomId(RANDOM_BYTES);
}
