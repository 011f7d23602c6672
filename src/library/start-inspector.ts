import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Control, createControl, type Endpoint } from "./control.ts";
import { type EngineProcess, startProcess } from "./engine-process.ts";
import { InspectorError } from "./inspector-error.ts";
import type { Attempt, Delivery, DeliveryDetail, Inspector, InspectorOptions } from "./types.ts";
import { waitFor } from "./wait-for.ts";

const START_MS = 20_000;
const MAX_LISTED = 500;

/**
 * An engine of one's own for tests: any free ports, a folder of its own, and the simulator in place of api.video; nothing
 * leaves the machine. It runs from Node 20.19 on. Rejects with an InspectorError where it cannot start.
 */
export async function startInspector(options: InspectorOptions = {}): Promise<Inspector> {
  const engine = start(options);
  try {
    const signal = AbortSignal.timeout(options.timeoutMs ?? START_MS);
    const ready = await engine.first("ready", signal);
    const { secret } = await engine.first("secret", signal);
    const dataDir = text(ready["dataDir"]);
    const control = createControl(await readEndpoint(dataDir));
    const facts = { url: text(ready["listenerUrl"]), webhookSecret: text(secret), dataDir, stop: engine.end };
    const inspector = createInspector(control, facts);
    // Not by a flag, which would hold to its end; and a folder may know one from before.
    await inspector.forwardTo(options.forwardTo ?? null);
    engine.unref();
    return inspector;
  } catch (error) {
    await engine.end();
    throw error;
  }
}

function start({ dataDir, webhookSecret, listenerPort = 0, log = () => {} }: InspectorOptions): EngineProcess {
  const ports = ["--listener-port", String(listenerPort), "--ui-port", "0"];
  const folder = dataDir === undefined ? ["--standalone"] : ["--data-dir", dataDir];
  const secret = webhookSecret === undefined ? {} : { APIVIDEO_WEBHOOK_SECRET: webhookSecret };
  return startProcess([...ports, ...folder, "--api", "simulator", "--tunnel", "none"], secret, log);
}

function createInspector(
  control: Control,
  rest: Pick<Inspector, "url" | "webhookSecret" | "dataDir" | "stop">,
): Inspector {
  // The engine is of this very package: what it answers is what its contract says.
  const call = <T>(command: string, input: object) => control.call(command, input) as Promise<T>;
  const list = (input: object) => call<{ items: Delivery[] }>("deliveries.list", input);
  return {
    ...rest,
    async forwardTo(target) {
      await control.call("settings.update", { forwardTo: target === null ? null : String(target) });
    },
    async trigger(type, options = {}) {
      const { ids } = await call<{ ids: string[] }>("simulator.trigger", { type, ...options });
      return await Promise.all(ids.map((id) => call<DeliveryDetail>("deliveries.get", { id })));
    },
    waitFor: (query, options = {}) => waitFor(control, query, options),
    list: async (query = "") => (await list({ query, limit: MAX_LISTED })).items,
    get: (id) => call<DeliveryDetail>("deliveries.get", { id }),
    async body(id) {
      const { base64 } = await call<{ base64: string }>("deliveries.body", { id });
      return Uint8Array.from(Buffer.from(base64, "base64"));
    },
    replay: (id, { to, ...options } = {}) =>
      call<Attempt>("replay.send", { id, ...options, ...(to !== undefined && { target: String(to) }) }),
    call: (command, input = {}) => control.call(command, input),
    [Symbol.asyncDispose]: rest.stop,
  };
}

async function readEndpoint(dataDir: string): Promise<Endpoint> {
  return JSON.parse(await readFile(join(dataDir, "engine.json"), "utf8")) as Endpoint;
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new InspectorError(
    "start.failed",
    "The folder is not a new one: its webhook was made by an earlier run, whose secret is not told. Use another folder.",
  );
}
