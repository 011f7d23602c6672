import { REPLAY_HEADER, SIGNATURE_HEADER, WEBHOOK_ID_HEADER } from "#shared/domain/headers.ts";

/** Who puts a header there: api.video itself, any sender of HTTP, or what the delivery came through. */
export interface HeaderFacts {
  readonly from: "api.video" | "http" | "tunnel" | "inspector";
  /** One sentence. */
  readonly meaning: string;
}

const FACTS: Readonly<Record<string, HeaderFacts>> = {
  [SIGNATURE_HEADER]: {
    from: "api.video",
    meaning: "HMAC-SHA256 of the exact body with the webhook's secret, as 64 hex digits in lower case.",
  },
  [WEBHOOK_ID_HEADER]: {
    from: "api.video",
    meaning: "The webhook this was sent for, and so which secret the signature is made with.",
  },
  "content-type": { from: "http", meaning: "What the body is; api.video sends application/json." },
  "content-length": { from: "http", meaning: "How many bytes the body has." },
  "transfer-encoding": { from: "http", meaning: "The body came in chunks, without its length being said beforehand." },
  "content-encoding": {
    from: "http",
    meaning: "The body is compressed; the signature is over the bytes as they came, not over what they unpack to.",
  },
  host: { from: "http", meaning: "The name the sender asked for; a tunnel may put its own or yours there." },
  "user-agent": { from: "http", meaning: "What the sender calls itself; anybody can write anything here." },
  accept: { from: "http", meaning: "Which kinds of answer the sender would take." },
  "accept-encoding": { from: "http", meaning: "Which compressions of the answer the sender would take." },
  connection: { from: "http", meaning: "Whether the connection stays open; it is about this hop alone." },
  forwarded: { from: "tunnel", meaning: "The way through proxies, in the standard form (RFC 7239)." },
  via: { from: "tunnel", meaning: "The proxies on the way, each with its name." },
  "x-forwarded-for": {
    from: "tunnel",
    meaning: "Who sent it, as the tunnel saw it: the first address is the sender's.",
  },
  "x-forwarded-proto": { from: "tunnel", meaning: "Whether it came to the tunnel by http or https." },
  "x-forwarded-host": { from: "tunnel", meaning: "The name that the sender asked for." },
  "x-forwarded-port": { from: "tunnel", meaning: "The port that the sender called." },
  "x-real-ip": { from: "tunnel", meaning: "The sender's address as the tunnel saw it." },
  "x-request-id": { from: "tunnel", meaning: "An id that a proxy gave to this request." },
  "cf-ray": { from: "tunnel", meaning: "Cloudflare's id of this request, and the data centre it came through." },
  "cf-connecting-ip": { from: "tunnel", meaning: "The sender's address as Cloudflare saw it." },
  "cf-ipcountry": { from: "tunnel", meaning: "The country that Cloudflare takes the sender's address for." },
  "cf-visitor": { from: "tunnel", meaning: "Whether it came to Cloudflare by http or https." },
  "cf-warp-tag-id": { from: "tunnel", meaning: "Cloudflare's id of the tunnel it came through." },
  "cdn-loop": { from: "tunnel", meaning: "Networks it went through, so that none sends it in a circle." },
  [REPLAY_HEADER.toLowerCase()]: {
    from: "inspector",
    meaning: "This app sent it again: the id is that of the original delivery.",
  },
};

/** By how their names begin, for the many that one service adds. */
const FAMILIES: readonly (readonly [RegExp, HeaderFacts])[] = [
  [/^cf-/, { from: "tunnel", meaning: "Added by Cloudflare on the way." }],
  [/^ngrok-/, { from: "tunnel", meaning: "Added by ngrok on the way." }],
  [/^x-pinggy-/, { from: "tunnel", meaning: "Added by pinggy on the way." }],
  [/^x-localtunnel-|^bypass-tunnel/, { from: "tunnel", meaning: "Belongs to localtunnel." }],
  [/^x-forwarded-/, { from: "tunnel", meaning: "Added by a proxy: something of how it came there." }],
  [/^x-api-video-/, { from: "api.video", meaning: "Named like api.video's own, but not documented by it." }],
];

/** What is known of a header, whatever its case; undefined for one that nobody here knows. */
export function headerFacts(name: string): HeaderFacts | undefined {
  const key = name.toLowerCase();
  if (Object.hasOwn(FACTS, key)) return FACTS[key];
  return FAMILIES.find(([pattern]) => pattern.test(key))?.[1];
}
