import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import type { Transport } from "#shared/contract/client.ts";
import { AppError } from "#shared/errors.ts";
import { requestHttp } from "../../lib/node-http.ts";
import type { EngineRecord } from "../engine-record.ts";

const HELLO_MS = 2_000;

/** Calls a running engine over its control API; its events are for `follow/`. */
export interface HttpCaller extends Transport {
  /** False for a process that took over the pid, or an engine that no longer answers. */
  isThere(): Promise<boolean>;
}

/** With `lifetime`, no call goes on after that aborts. */
export function createHttpCaller({ url, token }: EngineRecord, lifetime?: AbortSignal): HttpCaller {
  // Not fetch: loading it takes longer than most calls (node-http.ts).
  async function post(name: string, input: unknown, signal?: AbortSignal): Promise<IncomingMessage> {
    const request = requestHttp(`${url}/api/call/${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(signal && { signal }),
    });
    // What breaks after the head of the answer, its body tells.
    request.on("error", () => undefined);
    request.end(JSON.stringify(input));
    const [response] = await once(request, "response");
    return response;
  }

  return {
    async isThere() {
      try {
        const response = await post("settings.get", {}, AbortSignal.timeout(HELLO_MS));
        response.resume();
        return response.statusCode === 200;
      } catch {
        // Nothing listens there, or it does not speak HTTP: the record was left behind.
        return false;
      }
    },
    async invoke(name, input) {
      try {
        const response = await post(name, input, lifetime);
        if (response.statusCode === 200) return await json(response);
        response.destroy();
        throw new Error(`HTTP ${response.statusCode}`);
      } catch (cause) {
        throw new AppError("host.disconnected", "The running app does not answer any more. Start it again.", { cause });
      }
    },
    subscribe: () => () => {},
  };
}
