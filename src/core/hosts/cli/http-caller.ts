import type { Transport } from "#shared/contract/client.ts";
import { AppError } from "#shared/errors.ts";
import type { EngineRecord } from "../engine-record.ts";

const HELLO_MS = 2_000;

/** Calls a running engine over its control API; its events are for `follow/`. */
export interface HttpCaller extends Transport {
  /** False for a process that took over the pid, or an engine that no longer answers. */
  isThere(): Promise<boolean>;
}

/** With `lifetime`, no call goes on after that aborts. */
export function createHttpCaller({ url, token }: EngineRecord, lifetime?: AbortSignal): HttpCaller {
  function post(name: string, input: unknown, signal?: AbortSignal): Promise<Response> {
    return fetch(`${url}/api/call/${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(input),
      redirect: "error",
      ...(signal && { signal }),
    });
  }

  return {
    async isThere() {
      try {
        return (await post("settings.get", {}, AbortSignal.timeout(HELLO_MS))).ok;
      } catch {
        // Nothing listens there, or it does not speak HTTP: the record was left behind.
        return false;
      }
    },
    async invoke(name, input) {
      try {
        const response = await post(name, input, lifetime);
        if (response.ok) return await response.json();
        throw new Error(`HTTP ${response.status}`);
      } catch (cause) {
        throw new AppError("host.disconnected", "The running app does not answer any more. Start it again.", { cause });
      }
    },
    subscribe: () => () => {},
  };
}
