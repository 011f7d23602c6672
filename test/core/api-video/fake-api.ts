import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type ApiVideoClient,
  type ApiVideoClientDeps,
  createApiVideoClient,
} from "#core/api-video/api-video-client.ts";
import { createClock } from "#core/lib/clock.ts";
import { silentLog } from "../../helpers/silent-log.ts";

export interface FakeCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An object or array is sent as JSON, a text as it is. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface FakeApi extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly FakeCall[];
}

/** A server that answers what `answer` says, and when; null never answers. */
export async function startFakeApi(
  answer: (call: FakeCall, index: number) => FakeAnswer | null | Promise<FakeAnswer | null>,
): Promise<FakeApi> {
  const calls: FakeCall[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    const call = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
    calls.push(call);
    const given = await answer(call, calls.length - 1);
    if (given === null) return;
    const { status = 200, headers: extra = {}, body = "" } = given;
    response.writeHead(status, extra).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    // A server that listens on TCP has an address of this type.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export function clientTo(baseUrl: string, changes: Partial<ApiVideoClientDeps> = {}): ApiVideoClient {
  return createApiVideoClient({
    clock: createClock(),
    log: silentLog(),
    baseUrl,
    apiKey: "simulator",
    auth: "basic",
    environment: "sandbox",
    ...changes,
  });
}
