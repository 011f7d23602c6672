import type { Request } from "@readme/httpsnippet";
import type { SnippetLanguage } from "#shared/contract/export-commands.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { decodeUtf8 } from "#shared/utf8.ts";
import { targetUrl } from "../lib/target-url.ts";
import type { ExportedDelivery } from "./exporter.ts";
import { snippetHeaders } from "./snippet-fit.ts";
import { createStandIns, type StandIns } from "./stand-ins.ts";
import { LITERALS, type Literal, pythonBytes } from "./string-literals.ts";

interface Client {
  /** Its name in httpsnippet. */
  readonly name: string;
  readonly extension: string;
  /** Of httpsnippet, to this generator. */
  readonly options?: Readonly<Record<string, boolean>>;
  /** Where a body is no string. */
  readonly bodyLiteral?: Literal;
  /** It writes the Content-Length only if it is told to, and sends chunks otherwise. */
  readonly needsLength?: true;
}

/** Only clients whose code the tests run. Of a language's, the one that adds least of its own to a request. */
const CLIENTS: Readonly<Record<SnippetLanguage, Client>> = {
  node: { name: "native", extension: "cjs", needsLength: true },
  // Of a string, older versions of urllib3 send latin1.
  python: { name: "requests", extension: "py", bodyLiteral: pythonBytes },
  php: { name: "curl", extension: "php" },
  ruby: { name: "native", extension: "rb" },
  go: { name: "native", extension: "go", options: { checkErrors: true } },
  java: { name: "nethttp", extension: "java" },
};

/** How a delivery becomes code that sends it to the target; it must be one that `whyNoSnippet` has nothing against. */
export interface Snippets {
  readonly extension: string;
  toSnippet(delivery: ExportedDelivery, target: URL): string;
}

/**
 * Reads the generators of httpsnippet from disk, for which only those wait who ask for code. They escape only some of what
 * means something in their languages (not the backslash in Node.js, $ in PHP, #{} in Ruby), so they see no value of a delivery.
 */
export async function openSnippets(language: SnippetLanguage): Promise<Snippets> {
  const { targets } = await import("@readme/httpsnippet/targets");
  const client = CLIENTS[language];
  const generator = targets[language].clientsById[client.name];
  if (generator === undefined) throw new Error(`httpsnippet has no ${client.name} for ${language}.`);
  return {
    extension: client.extension,
    toSnippet(delivery, target) {
      const standIns = createStandIns();
      const code = generator.convert(toRequest(delivery, target, client, standIns), client.options);
      return `${standIns.putInto(code, LITERALS[language]).trimEnd()}\n`;
    },
  };
}

/** What httpsnippet makes of a HAR's request, but for its reading of the URL, which would write the query anew. */
function toRequest(
  { summary, path, headers, body }: ExportedDelivery,
  target: URL,
  { needsLength, bodyLiteral }: Client,
  { hold }: StandIns,
): Request {
  const { method } = summary;
  const { href, requestTarget } = targetUrl(target, path);
  const isWritten = ([name]: HeaderPairs[number]) => needsLength || name.toLowerCase() !== "content-length";
  const kept = snippetHeaders({ method, headers, body }, target.host).filter(isWritten);
  const sent = Object.fromEntries(kept.map(([name, value]) => [hold(name), hold(value)]));
  const url = hold(href);
  const hostname = hold(target.hostname.replace(/^\[|\]$/g, ""));
  return {
    ...{ method, url, fullUrl: url, httpVersion: "HTTP/1.1", headersSize: -1, bodySize: -1 },
    ...{ headers: [], allHeaders: sent, headersObj: sent, cookies: [], cookiesObj: {}, queryString: [], queryObj: {} },
    // Text, whatever it is: JSON would be written anew.
    postData: { mimeType: "text/plain", ...(body.length > 0 && { text: hold(decodeUtf8(body), bodyLiteral) }) },
    uriObj: {
      ...{ protocol: target.protocol, hostname, port: target.port || null, path: hold(requestTarget), href: url },
      ...{ host: null, pathname: null, auth: null, hash: null, search: null, slashes: true, query: {} },
    },
  };
}
