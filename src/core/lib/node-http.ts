import { once } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { RequestOptions } from "node:https";
import type { ConnectionOptions, TLSSocket } from "node:tls";

/**
 * Node's HTTP without the face that it shows to ES modules. To make that, Node reads every export, and with them loads
 * undici, TLS and HTTP/2: some 50 ms of every command, most of which speak to nobody but this machine. TLS is loaded when
 * the first connection needs it.
 */
export const { createServer, request: requestHttp, STATUS_CODES } = process.getBuiltinModule("node:http");

/** The same arguments as for `request` of `node:http` and `node:https`; which of them, the URL says. */
export function requestUrl(url: URL, options: RequestOptions): ClientRequest {
  if (url.protocol !== "https:") return requestHttp(url, options);
  return process.getBuiltinModule("node:https").request(url, options);
}

/** Sends it with this body; resolves with the head of the answer, and rejects where none comes. */
export async function answerTo(request: ClientRequest, body?: string | Uint8Array): Promise<IncomingMessage> {
  // What breaks after the head of the answer, its body tells.
  request.on("error", () => undefined);
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return response;
}

/** As `connect` of `node:tls`. */
export function connectTls(options: ConnectionOptions): TLSSocket {
  return process.getBuiltinModule("node:tls").connect(options);
}
