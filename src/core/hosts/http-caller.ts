import { json } from "node:stream/consumers";
import { isReply, type Transport } from "#shared/contract/client.ts";
import { type CallRequest, callRequest } from "#shared/contract/control-api.ts";
import { AppError } from "#shared/errors.ts";
import { answerTo, requestHttp } from "../lib/node-http.ts";
import type { EngineRecord } from "./engine-record.ts";

const HELLO_MS = 2_000;

/** Calls a running engine over its control API; its events are for `cli/follow/`. */
export interface HttpCaller extends Transport {
  /** False for another program that took over pid or port, or an engine that no longer answers. */
  isThere(): Promise<boolean>;
}

/** With `lifetime`, no call goes on after that aborts. */
export function createHttpCaller(record: EngineRecord, lifetime?: AbortSignal): HttpCaller {
  return {
    async isThere() {
      try {
        return isReply(await post(callRequest(record, "settings.get", {}), AbortSignal.timeout(HELLO_MS)));
      } catch {
        // Nothing listens there, or it does not speak HTTP: the record was left behind.
        return false;
      }
    },
    async invoke(name, input) {
      const request = callRequest(record, name, input);
      try {
        return await post(request, lifetime);
      } catch (cause) {
        throw new AppError("host.disconnected", "The running app does not answer any more. Start it again.", { cause });
      }
    },
    subscribe: () => () => {},
  };
}

/** Gives what the body says. Not by fetch: loading that takes a command longer than most calls (node-http.ts). */
async function post({ url, init }: CallRequest, signal?: AbortSignal): Promise<unknown> {
  const { body, ...options } = init;
  const response = await answerTo(requestHttp(url, { ...options, ...(signal && { signal }) }), body);
  if (response.statusCode === 200) return json(response);
  response.destroy();
  throw new Error(`HTTP ${response.statusCode}`);
}
