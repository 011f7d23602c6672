import { describe, expect, it, vi } from "vitest";
import type { Engine } from "#core/engine.ts";
import { startControlEndpoint } from "#core/hosts/control-endpoint.ts";
import { createInProcessClient, createInProcessConnection } from "#core/hosts/in-process-client.ts";
import { CALL_CHANNEL, EVENT_CHANNEL } from "#shared/channels.ts";
import { createClient } from "#shared/contract/client.ts";
import type { Connection } from "#shared/contract/connection.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import { bridgeIpc, type InvokeEvent, type IpcMainLike, type Page } from "../../src/main/ipc.ts";
import { createIpcConnection } from "../../src/renderer/client/ipc-connection.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { startEngine } from "../helpers/start-engine.ts";

interface Carried extends AsyncDisposable {
  readonly client: Client;
}

/** The ways to an engine. The suite below must not be able to tell them apart. */
const TRANSPORTS: ReadonlyArray<{ name: string; carry(engine: Engine): Promise<Carried> }> = [
  {
    name: "in process",
    carry: async (engine) => ({ client: createInProcessClient(engine), async [Symbol.asyncDispose]() {} }),
  },
  {
    name: "HTTP and server-sent events",
    async carry(engine) {
      const control = await startControlEndpoint(engine, { port: 0, log: silentLog() });
      const connection = createHttpConnection({ find: () => control, fetch });
      return { client: createClient(connection), [Symbol.asyncDispose]: () => control[Symbol.asyncDispose]() };
    },
  },
  {
    name: "Electron's IPC",
    carry: async (engine) => carryOverIpc(createInProcessConnection(engine)),
  },
  {
    name: "Electron's IPC, and HTTP behind it",
    async carry(engine) {
      const control = await startControlEndpoint(engine, { port: 0, log: silentLog() });
      const carried = carryOverIpc(createHttpConnection({ find: () => control, fetch }));
      return {
        client: carried.client,
        async [Symbol.asyncDispose]() {
          await carried[Symbol.asyncDispose]();
          await control[Symbol.asyncDispose]();
        },
      };
    },
  },
];

function carryOverIpc(engine: Connection): Carried {
  const ipc = createFakeIpc();
  const bridge = bridgeIpc({
    ipcMain: ipc.main,
    engine,
    shell: { copyText() {}, async openLink() {}, saveFile: async () => false },
    isTrusted: (url) => url.startsWith("app://"),
  });
  const connection = createIpcConnection({
    call: (name, input) => ipc.invoke(CALL_CHANNEL, name, input),
    onEvent: (listener) => ipc.onEvent(listener),
    onStatus: () => () => undefined,
    onAction: () => () => undefined,
    shell: {
      copyText: async () => {},
      openLink: async () => {},
      saveFile: async () => false,
      onShow: () => () => undefined,
    },
  });
  return {
    client: createClient(connection),
    async [Symbol.asyncDispose]() {
      bridge[Symbol.dispose]();
    },
  };
}

/** Electron's IPC in one process: arguments and results are cloned, as between processes. */
function createFakeIpc() {
  const handlers = new Map<string, (event: InvokeEvent, ...args: unknown[]) => Promise<unknown>>();
  const listeners = new Set<(payload: unknown) => void>();
  const page: Page = {
    id: 1,
    isDestroyed: () => false,
    send(channel, payload) {
      if (channel !== EVENT_CHANNEL) return;
      for (const listener of listeners) listener(structuredClone(payload));
    },
    once: () => undefined,
  };
  const main: IpcMainLike = {
    handle: (channel, handler) => void handlers.set(channel, handler),
    removeHandler: (channel) => void handlers.delete(channel),
  };
  return {
    main,
    async invoke(channel: string, ...args: unknown[]) {
      const event = { sender: page, senderFrame: { url: "app://inspector/index.html", parent: null } };
      return structuredClone(await handlers.get(channel)?.(event, ...structuredClone(args)));
    },
    onEvent(listener: (payload: unknown) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

describe.each(TRANSPORTS)("an engine reached $name", ({ carry }) => {
  it("answers a call with a result of the contract", async () => {
    await using started = await startEngine();
    await using carried = await carry(started.engine);

    const snapshot = await carried.client.call("app.snapshot", {});

    expect(snapshot.listener.url).toBe(started.engine.listenerUrl);
    expect(snapshot.counts.total).toBe(0);
  });

  it("fills in defaults and refuses wrong input with a message that names the field", async () => {
    await using started = await startEngine();
    await using carried = await carry(started.engine);

    expect((await carried.client.call("deliveries.list", {})).items).toEqual([]);
    await expect(carried.client.call("deliveries.list", { limit: 501 })).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringContaining("limit"),
      details: { path: "limit" },
    });
  });

  it("carries an engine's refusal with its code, message and details", async () => {
    await using started = await startEngine();
    await using carried = await carry(started.engine);

    await expect(carried.client.call("deliveries.get", { id: "d999" })).rejects.toMatchObject({
      name: "AppError",
      code: "delivery.not_found",
      retryable: false,
      details: { id: "d999" },
    });
  });

  it("refuses a command that does not exist, names of object members included", async () => {
    await using started = await startEngine();
    await using carried = await carry(started.engine);

    for (const name of ["nope", "constructor", "__proto__", "toString"]) {
      // The contract has no such name; a hostile caller is not held by types.
      const call = carried.client.call as (name: string, input: unknown) => Promise<unknown>;
      await expect(call(name, {})).rejects.toMatchObject({ code: "command.unknown" });
    }
  });

  it("delivers events in order, numbered without a gap", async () => {
    await using started = await startEngine({ connect: false });
    await using carried = await carry(started.engine);
    const seen: EventEnvelope[] = [];
    const unsubscribe = carried.client.subscribe((event) => seen.push(event));
    await carried.client.call("app.snapshot", {});
    await vi.waitFor(async () => {
      await carried.client.call("settings.update", { theme: "dark" });
      expect(seen.length).toBeGreaterThan(0);
    });

    for (let n = 0; n < 20; n++) await sendDelivery(started.engine.listenerUrl, { body: `{"n":${n}}` });

    await vi.waitFor(() => expect(seen.filter((event) => event.name === "delivery.received")).toHaveLength(20));
    const first = seen[0]?.seq ?? 0;
    expect(seen.map((event) => event.seq)).toEqual(seen.map((_, n) => first + n));
    unsubscribe();
  });

  it("shows the same delivery in the event, the list and the detail", async () => {
    await using started = await startEngine({ connect: false });
    await using carried = await carry(started.engine);
    const body = Buffer.from([0xff, 0, 1, 2, 0xfe]);

    await sendDelivery(`${started.engine.listenerUrl}/x?y=1`, { body });
    const { items } = await carried.client.call("deliveries.list", {});
    const id = items[0]?.id ?? "";
    const detail = await carried.client.call("deliveries.get", { id });
    const range = await carried.client.call("deliveries.body", { id, offset: 1, length: 2 });

    const received = started.events.find((event) => event.name === "delivery.received");
    expect(received?.payload).toEqual(items[0]);
    expect({ ...detail, attempts: detail.attempts.length }).toMatchObject({ ...items[0] });
    expect(range).toEqual({ base64: Buffer.from([0, 1]).toString("base64"), totalBytes: 5 });
  });
});
