import type { ClientRequest } from "node:http";
import type { RequestOptions } from "node:https";
import type { ConnectionOptions, TLSSocket } from "node:tls";

/**
 * Node's HTTP without the face that it shows to ES modules. To make that, Node reads every export, and with them loads
 * undici, TLS and HTTP/2: some 50 ms of every command, most of which speak to nobody but this machine. TLS is loaded when
 * the first connection needs it.
 */
export const {
  createServer,
  request: requestHttp,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
} = process.getBuiltinModule("node:http");

/** The same arguments as for `request` of `node:http` and `node:https`; which of them, the URL says. */
export function requestUrl(url: URL, options: RequestOptions): ClientRequest {
  if (url.protocol !== "https:") return requestHttp(url, options);
  return process.getBuiltinModule("node:https").request(url, options);
}

/** As `connect` of `node:tls`. */
export function connectTls(options: ConnectionOptions): TLSSocket {
  return process.getBuiltinModule("node:tls").connect(options);
}
