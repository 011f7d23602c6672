import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { type HeaderPairs, headerValue } from "#shared/domain/headers.ts";
import { listen } from "../../helpers/relay-sockets.ts";

/** A request as it came over the wire, one byte per character in its texts. */
export interface RawRequest {
  readonly requestLine: string;
  readonly headers: HeaderPairs;
  readonly body: Buffer;
  /** All of it, as it came. */
  readonly bytes: Buffer;
  /** In how many pieces it came. */
  readonly pieces: number;
}

/** A developer's server without an HTTP library: nothing is read or answered but what the test says. */
export interface RawTarget extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly requests: readonly RawRequest[];
  connections(): number;
}

export interface RawTargetOptions {
  /** Called when a connection stands, before anything is read. */
  readonly onConnection?: (socket: Socket) => void;
  /** Called when a request is whole. Without it the request is answered with a 204. */
  readonly onRequest?: (socket: Socket, request: RawRequest) => void;
  readonly tls?: TlsOptions;
}

export async function startRawTarget({ onConnection, onRequest, tls }: RawTargetOptions = {}): Promise<RawTarget> {
  const sockets = new Set<Socket>();
  const requests: RawRequest[] = [];
  let connections = 0;
  const accept = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    // Connections that are torn down are what some of these tests are about.
    socket.on("error", () => socket.destroy());
    onConnection?.(socket);
    let pieces: Buffer[] = [];
    socket.on("data", (chunk) => {
      pieces.push(chunk);
      const request = readRequest(pieces);
      if (request === null) return;
      pieces = [];
      requests.push(request);
      if (onRequest) onRequest(socket, request);
      else socket.end("HTTP/1.1 204 No Content\r\n\r\n");
    });
  };
  const server: Server = tls ? createTlsServer(tls, accept) : createServer(accept);
  const port = await listen(server, 0);
  return {
    port,
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Null until the head and as many bytes as its Content-Length says are there. */
function readRequest(pieces: readonly Buffer[]): RawRequest | null {
  const bytes = Buffer.concat(pieces);
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return null;
  const [requestLine = "", ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(": ");
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const body = bytes.subarray(headEnd + 4);
  const wanted = Number(headerValue(headers, "content-length") ?? 0);
  return body.length < wanted ? null : { requestLine, headers, body, bytes, pieces: pieces.length };
}
