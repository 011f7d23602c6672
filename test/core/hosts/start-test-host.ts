import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { createEventBus } from "#core/event-bus.ts";
import { startHttpHost } from "#core/hosts/http/http-host.ts";
import { silentLog } from "../../helpers/silent-log.ts";

export const TOKEN = "token-of-this-run";
export const AUTHORIZATION = `Authorization: Bearer ${TOKEN}`;

/** A control API before an engine that notes what it is called with, and the files of this folder in place of the UI's. */
export async function startTestHost() {
  const called: string[] = [];
  const log = silentLog();
  const events = createEventBus(log);
  const host = await startHttpHost({
    router: {
      async dispatch(name) {
        called.push(name);
        return { ok: true, result: {} };
      },
    },
    ...{ events, log, port: 0, token: TOKEN, uiDir: import.meta.dirname },
  });
  const { port, host: authority } = new URL(host.url);
  return {
    ...{ called, log, events, url: host.url, port: Number(port), authority },
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

type TestHost = Awaited<ReturnType<typeof startTestHost>>;

/** Sends these very bytes and answers all that comes back. */
export async function raw({ port }: TestHost, lines: readonly string[], body = ""): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  const length = body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  socket.write(`${[...lines, "Connection: close", ...length].join("\r\n")}\r\n\r\n${body}`);
  return text(socket);
}

export const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
