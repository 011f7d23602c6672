import { type CodecHooks, makeCodec } from "./codec.ts";

/*
 * The two halves of the context bridge that live in a page. Both are turned into text and put into the page before any
 * script of its own: `pageWorld` into the page's JavaScript world, `preloadWorld`, with the built preload in it, into an
 * isolated one. As text they close over nothing but their arguments.
 */

/** The isolated world's name, by which Chromium's debugging protocol tells it from the page's. */
export const PRELOAD_WORLD = "harness-preload";
/** The function by which the isolated world, and only that, speaks to the main process. */
export const TO_MAIN = "__harnessToMain";
/** The function by which the main process speaks to the isolated world. */
export const FROM_MAIN = "__harnessFromMain";

type AnyFunction = (...args: unknown[]) => unknown;
type Message = Record<string, unknown>;
type MessageHandlers = Record<string, (message: Message) => void>;

interface Bridge {
  readonly codec: ReturnType<typeof makeCodec>;
  readonly handlers: MessageHandlers;
  post(message: Message): void;
}

/** One of two equal ends. Calls cross the worlds synchronously, as DOM events that carry nothing but text. */
function makeBridge(newCodec: typeof makeCodec, token: string, me: string, other: string): Bridge {
  const functions: AnyFunction[] = [];
  const calls: { done: boolean; value?: unknown; error?: string }[] = [];
  const waiting = new Map<string, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let promises = 0;
  const post = (message: Message) =>
    window.dispatchEvent(new CustomEvent(token + other, { detail: JSON.stringify(message) }));
  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

  const hooks: CodecHooks = {
    encodeFunction(value) {
      const known = functions.indexOf(value);
      return known >= 0 ? known : functions.push(value) - 1;
    },
    decodeFunction:
      (id) =>
      (...args) => {
        const call: (typeof calls)[number] = { done: false };
        calls.push(call);
        post({ type: "call", id, args: codec.encode(args) });
        calls.pop();
        if (!call.done) throw new Error("context bridge: the other world is gone");
        if (call.error !== undefined) throw new Error(call.error);
        return codec.decode(call.value);
      },
    encodePromise(promise) {
      promises += 1;
      const id = `${me}${promises}`;
      promise.then(
        (value) => post({ type: "settle", id, value: codec.encode(value) }),
        (error) => post({ type: "settle", id, error: messageOf(error) }),
      );
      return id;
    },
    decodePromise: (id) => new Promise((resolve, reject) => waiting.set(id, { resolve, reject })),
  };
  const codec = newCodec(hooks);

  const handlers: MessageHandlers = {
    call({ id, args }) {
      try {
        const value = functions[id as number]?.(...(codec.decode(args) as unknown[]));
        post({ type: "return", value: codec.encode(value) });
      } catch (error) {
        post({ type: "return", error: messageOf(error) });
      }
    },
    return(message) {
      Object.assign(calls.at(-1) ?? {}, message, { done: true });
    },
    settle({ id, value, error }) {
      const promise = waiting.get(id as string);
      waiting.delete(id as string);
      if (error === undefined) promise?.resolve(codec.decode(value));
      else promise?.reject(new Error(error as string));
    },
  };
  window.addEventListener(token + me, (event) => {
    const message: Message = JSON.parse((event as CustomEvent<string>).detail);
    handlers[message["type"] as string]?.(message);
  });
  return { codec, handlers, post };
}

function pageWorld(newCodec: typeof makeCodec, newBridge: typeof makeBridge, token: string): void {
  if (window !== window.top) return;
  const bridge = newBridge(newCodec, token, "page", "preload");
  const freeze = (value: unknown): unknown => {
    if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  bridge.handlers["expose"] = ({ key, api }) => {
    Object.defineProperty(window, key as string, { value: freeze(bridge.codec.decode(api)), enumerable: true });
  };
}

type RunPreload = (require: (id: string) => unknown, module: { exports: object }, exports: object) => void;

function preloadWorld(
  newCodec: typeof makeCodec,
  newBridge: typeof makeBridge,
  token: string,
  names: { toMain: string; fromMain: string },
  run: RunPreload,
): void {
  if (window !== window.top) return;
  const bridge = newBridge(newCodec, token, "preload", "page");
  const wire = newCodec();
  const world = globalThis as unknown as Record<string, AnyFunction>;
  const listeners = new Map<string, AnyFunction[]>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let invocations = 0;
  const post = (type: string, channel: string, args: unknown[], id?: number) =>
    world[names.toMain]?.(JSON.stringify({ type, channel, id, args: wire.encode(args) }));

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        invocations += 1;
        const id = invocations;
        post("invoke", channel, args, id);
        waiting.set(id, { resolve, reject });
      }),
    on(channel: string, listener: AnyFunction) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off(channel: string, listener: AnyFunction) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((one) => one !== listener),
      );
      return ipcRenderer;
    },
  };
  world[names.fromMain] = (message) => {
    const { type, id, value, error, channel, args } = message as Message;
    if (type === "event") {
      const event = { sender: ipcRenderer, ports: [] };
      for (const listener of listeners.get(channel as string) ?? [])
        listener(event, ...(wire.decode(args) as unknown[]));
      return;
    }
    const invocation = waiting.get(id as number);
    waiting.delete(id as number);
    if (error === undefined) invocation?.resolve(wire.decode(value));
    else invocation?.reject(new Error(error as string));
  };

  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) =>
      bridge.post({ type: "expose", key, api: bridge.codec.encode(api) }),
  };
  // What a sandboxed preload can require, as far as ours does (https://www.electronjs.org/docs/latest/tutorial/sandbox).
  const require = (id: string) => {
    if (id === "electron") return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${id}`);
  };
  const module = { exports: {} };
  try {
    run(require, module, module.exports);
  } catch (error) {
    post("preload-error", "", [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  }
}

/** Both halves as scripts. `token` names the channel between them, so that the page cannot guess it. */
export function worldScripts(preload: string, token: string): { page: string; preload: string } {
  const names = JSON.stringify({ toMain: TO_MAIN, fromMain: FROM_MAIN });
  const wrapped = `function (require, module, exports) {\n${preload}\n}`;
  return {
    page: `(${pageWorld})(${makeCodec}, ${makeBridge}, ${JSON.stringify(token)})`,
    preload: `(${preloadWorld})(${makeCodec}, ${makeBridge}, ${JSON.stringify(token)}, ${names}, ${wrapped})`,
  };
}
