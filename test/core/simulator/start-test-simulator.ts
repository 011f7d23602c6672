import { createClock } from "#core/lib/clock.ts";
import { type Simulator, type SimulatorDeps, startSimulator } from "#core/simulator/simulator.ts";
import { randomId } from "#shared/random-id.ts";
import { silentLog } from "../../helpers/silent-log.ts";

export const BASIC = `Basic ${Buffer.from("simulator:").toString("base64")}`;

export interface TestSimulator extends Simulator {
  /** A call with the right key, unless `headers` say otherwise; `json` is undefined where the answer is empty. */
  call(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<CallResult>;
}

export interface CallResult {
  readonly status: number;
  readonly headers: Headers;
  // What came, to be compared with what is expected.
  readonly json: Record<string, unknown>;
}

/** A simulator in a hurry: a clip is encoded within some 50 ms, retries are 10 ms apart. */
export async function startTestSimulator(options: Partial<SimulatorDeps> = {}): Promise<TestSimulator> {
  const simulator = await startSimulator({
    port: 0,
    clock: createClock(),
    log: silentLog(),
    randomId,
    retryDelayMs: 10,
    pace: 0.01,
    ...options,
  });
  return {
    ...simulator,
    async call(method, path, json, headers = {}) {
      const response = await fetch(simulator.url + path, {
        method,
        headers: { Authorization: BASIC, ...headers },
        ...(json !== undefined && { body: typeof json === "string" ? json : JSON.stringify(json) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, json: text === "" ? {} : JSON.parse(text) };
    },
  };
}
