import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { createEventBus } from "#core/event-bus.ts";
import { ACTION_CHANNEL, CALL_CHANNEL, EVENT_CHANNEL, SHELL_CHANNEL, STATUS_CHANNEL } from "#shared/channels.ts";
import type { ConnectionStatus } from "#shared/contract/connection.ts";
import { AppError } from "#shared/errors.ts";
import { bridgeIpc, type InvokeEvent, type IpcMainLike, type Page } from "../../src/main/ipc.ts";
import { createShell } from "../../src/main/shell.ts";
import { silentLog } from "../helpers/silent-log.ts";

const OURS = "app://inspector/index.html";

type Listener = (event: InvokeEvent, ...args: unknown[]) => Promise<unknown>;

class FakePage extends EventEmitter implements Page {
  readonly id: number;
  readonly received: unknown[] = [];
  isGone = false;

  constructor(id: number) {
    super();
    this.id = id;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  send(channel: string, payload: unknown): void {
    if (this.isGone) throw new Error("Object has been destroyed");
    this.received.push([channel, payload]);
  }
}

function startBridge() {
  const listeners = new Map<string, Listener>();
  const ipcMain: IpcMainLike = {
    handle: (channel, listener) => void listeners.set(channel, listener),
    removeHandler: (channel) => void listeners.delete(channel),
  };
  const dispatched: unknown[] = [];
  const copied: string[] = [];
  const opened: string[] = [];
  const saved: unknown[] = [];
  const events = createEventBus(silentLog());
  let isGone = false;
  let tell: (status: ConnectionStatus) => void = () => undefined;
  const bridge = bridgeIpc({
    ipcMain,
    engine: {
      async invoke(name, input) {
        dispatched.push([name, input]);
        if (isGone) throw new AppError("host.disconnected", "It is gone.", { cause: new Error("Bearer secret") });
        return { ok: true, result: "done" };
      },
      subscribe: (listener) => events.subscribe(listener),
      onStatus(listener) {
        tell = listener;
        tell({ kind: "connecting" });
        return () => {
          tell = () => undefined;
        };
      },
    },
    shell: createShell({
      writeClipboard: (text) => void copied.push(text),
      openExternal: async (url) => void opened.push(url),
      choosePath: async (name) => (name.startsWith("no") ? null : `/chosen/${name}`),
      writeFile: async (path, bytes) => void saved.push([path, bytes]),
    }),
    isTrusted: (url) => url === OURS,
  });
  const page = new FakePage(1);
  function invoke(channel: string, args: unknown[], frame: InvokeEvent["senderFrame"] = { url: OURS, parent: null }) {
    const listener = listeners.get(channel);
    if (listener === undefined) throw new Error(`nobody handles ${channel}`);
    return listener({ sender: page, senderFrame: frame }, ...args);
  }
  const end = () => {
    isGone = true;
  };
  const setStatus = (status: ConnectionStatus) => tell(status);
  return { bridge, listeners, dispatched, copied, opened, saved, events, page, invoke, end, setStatus };
}

describe("calls over IPC", () => {
  it("carries name and input of our own page to the engine and its reply back", async () => {
    const { invoke, dispatched } = startBridge();

    const reply = await invoke(CALL_CHANNEL, ["deliveries.list", { limit: 1 }]);

    expect(reply).toEqual({ ok: true, result: "done" });
    expect(dispatched).toEqual([["deliveries.list", { limit: 1 }]]);
  });

  it.each([
    ["a page of another origin", { url: "https://example.com/index.html", parent: null }],
    ["a frame inside our page", { url: OURS, parent: {} }],
    ["a page that is gone", null],
  ])("refuses %s, and the engine never hears of it", async (_who, frame) => {
    const { invoke, dispatched, copied, page } = startBridge();

    await expect(invoke(CALL_CHANNEL, ["app.snapshot", {}], frame)).rejects.toThrow("refused");
    await expect(invoke(SHELL_CHANNEL, ["copyText", "x"], frame)).rejects.toThrow("refused");
    await expect(invoke(STATUS_CHANNEL, [], frame)).rejects.toThrow("refused");

    expect(page.received).toEqual([]);
    expect(dispatched).toEqual([]);
    expect(copied).toEqual([]);
  });

  it.each([[undefined], [42], [{ toString: () => "app.snapshot" }], ["x".repeat(101)]])(
    "answers a call without a usable name (%o) with input.invalid",
    async (name) => {
      const { invoke, dispatched } = startBridge();

      const reply = await invoke(CALL_CHANNEL, [name, {}]);

      expect(reply).toMatchObject({ ok: false, error: { code: "input.invalid" } });
      expect(dispatched).toEqual([]);
    },
  );
});

describe("calls over IPC to an engine elsewhere", () => {
  it.each(["nope", "..", "../open", "settings.get/../../open", "__proto__", "constructor", "settings.get?x", ""])(
    "never are anything but a command of the contract: %o",
    async (name) => {
      const { invoke, dispatched } = startBridge();

      const reply = await invoke(CALL_CHANNEL, [name, {}]);

      expect(reply).toMatchObject({ ok: false, error: { code: "command.unknown" } });
      expect(dispatched).toEqual([]);
    },
  );

  it("answer in words that it is gone, and nothing of why", async () => {
    const { invoke, end } = startBridge();
    end();

    const reply = await invoke(CALL_CHANNEL, ["app.snapshot", {}]);

    expect(reply).toEqual({
      ok: false,
      error: { code: "host.disconnected", message: "It is gone.", retryable: false, details: {} },
    });
  });
});

describe("the way to the engine over IPC", () => {
  it("is told to a page once it asks, and at each change", async () => {
    const { page, invoke, setStatus } = startBridge();
    setStatus({ kind: "connected", resumed: false, pid: 42 });
    expect(page.received).toEqual([]);

    await invoke(STATUS_CHANNEL, []);
    setStatus({ kind: "disconnected" });

    expect(page.received).toEqual([
      [STATUS_CHANNEL, { kind: "connected", resumed: false, pid: 42 }],
      [STATUS_CHANNEL, { kind: "disconnected" }],
    ]);
  });

  it("is told anew to a page that loaded again", async () => {
    const { page, invoke, setStatus } = startBridge();
    await invoke(STATUS_CHANNEL, []);
    setStatus({ kind: "disconnected" });

    await invoke(STATUS_CHANNEL, []);

    expect(page.received.slice(-1)).toEqual([[STATUS_CHANNEL, { kind: "disconnected" }]]);
    expect(page.received).toHaveLength(3);
  });

  it("ends with the bridge", async () => {
    const { bridge, page, invoke, setStatus } = startBridge();
    await invoke(STATUS_CHANNEL, []);

    bridge[Symbol.dispose]();
    setStatus({ kind: "disconnected" });

    expect(page.received).toHaveLength(1);
  });
});

describe("events over IPC", () => {
  it("go to a page from its first call on, and not before", async () => {
    const { events, page, invoke } = startBridge();

    events.publish("webhooks.changed", {});
    await invoke(CALL_CHANNEL, ["app.snapshot", {}]);
    events.publish("webhooks.changed", {});

    expect(page.received).toEqual([[EVENT_CHANNEL, { seq: 2, name: "webhooks.changed", payload: {} }]]);
  });

  it("reach a page once, however often it called", async () => {
    const { events, page, invoke } = startBridge();

    await invoke(CALL_CHANNEL, ["app.snapshot", {}]);
    await invoke(CALL_CHANNEL, ["app.snapshot", {}]);
    events.publish("webhooks.changed", {});

    expect(page.received).toHaveLength(1);
  });

  it("never go to a page whose call was refused", async () => {
    const { events, page, invoke } = startBridge();

    await invoke(CALL_CHANNEL, ["app.snapshot", {}], { url: "https://example.com/", parent: null }).catch(() => null);
    events.publish("webhooks.changed", {});

    expect(page.received).toEqual([]);
  });

  it("end with the page, also while it is going", async () => {
    const { events, page, invoke } = startBridge();
    await invoke(CALL_CHANNEL, ["app.snapshot", {}]);

    page.isGone = true;
    events.publish("webhooks.changed", {});
    page.emit("destroyed");
    events.publish("webhooks.changed", {});

    expect(page.received).toEqual([]);
  });

  it("end with the bridge, which then answers no channel any more", async () => {
    const { bridge, listeners, events, page, invoke } = startBridge();
    await invoke(CALL_CHANNEL, ["app.snapshot", {}]);

    bridge[Symbol.dispose]();
    events.publish("webhooks.changed", {});

    expect(page.received).toEqual([]);
    expect(listeners.size).toBe(0);
  });
});

describe("the desktop's menu over IPC", () => {
  it("reaches a page of ours from its first call on, and no other", async () => {
    const { bridge, page, invoke } = startBridge();

    bridge.runAction("delivery.replay");
    await invoke(CALL_CHANNEL, ["app.snapshot", {}], { url: "https://example.com/", parent: null }).catch(() => null);
    bridge.runAction("delivery.replay");
    expect(page.received).toEqual([]);

    await invoke(CALL_CHANNEL, ["app.snapshot", {}]);
    bridge.runAction("delivery.replay");
    expect(page.received).toEqual([[ACTION_CHANNEL, "delivery.replay"]]);
  });
});

describe("the desktop over IPC", () => {
  it("saves bytes where the user says, under a name that leads nowhere", async () => {
    const { invoke, saved } = startBridge();
    const bytes = Uint8Array.of(0, 255);

    const reply = await invoke(SHELL_CHANNEL, ["saveFile", "../../.bashrc d1.bin", bytes]);
    const declined = await invoke(SHELL_CHANNEL, ["saveFile", "no.bin", bytes]);

    expect(reply).toEqual({ ok: true, result: { saved: true } });
    expect(declined).toEqual({ ok: true, result: { saved: false } });
    expect(saved).toEqual([["/chosen/bashrc-d1.bin", bytes]]);
  });

  it.each([["text"], [undefined], [{ length: 1 }]])("saves nothing that is no bytes (%o)", async (bytes) => {
    const { invoke, saved } = startBridge();

    expect(await invoke(SHELL_CHANNEL, ["saveFile", "a.bin", bytes])).toMatchObject({ ok: false });

    expect(saved).toEqual([]);
  });

  it("copies text and opens pages of api.video", async () => {
    const { invoke, copied, opened } = startBridge();

    await expect(invoke(SHELL_CHANNEL, ["copyText", "https://x.loca.lt"])).resolves.toMatchObject({ ok: true });
    await expect(invoke(SHELL_CHANNEL, ["openLink", "https://docs.api.video/"])).resolves.toMatchObject({ ok: true });

    expect(copied).toEqual(["https://x.loca.lt"]);
    expect(opened).toEqual(["https://docs.api.video/"]);
  });

  it.each([
    ["openLink", "file:///etc/passwd", "host.unsupported"],
    ["openLink", { href: "https://api.video" }, "input.invalid"],
    ["copyText", 1, "input.invalid"],
    ["copyText", "x".repeat(32 * 1024 * 1024 + 1), "input.invalid"],
    ["showItemInFolder", "/", "input.invalid"],
  ])("does nothing for %s of something it does not know", async (action, argument, code) => {
    const { invoke, copied, opened } = startBridge();

    const reply = await invoke(SHELL_CHANNEL, [action, argument]);

    expect(reply).toMatchObject({ ok: false, error: { code } });
    expect([...copied, ...opened]).toEqual([]);
  });
});
