import { ACTION_CHANNEL, CALL_CHANNEL, EVENT_CHANNEL, SHELL_CHANNEL, STATUS_CHANNEL } from "#shared/channels.ts";
import { isCommandName, unknownCommand } from "#shared/contract/commands.ts";
import type { Connection, ConnectionStatus } from "#shared/contract/connection.ts";
import type { Reply } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import type { MenuActionId } from "#shared/menu-actions.ts";
import type { Shell } from "./shell.ts";

/** Longer than any name of the contract. */
const MAX_NAME_LENGTH = 100;

/** What is used of Electron's WebContents: the page that called and that events go to. */
export interface Page {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
  once(event: "destroyed", listener: () => void): unknown;
}

/** What is used of Electron's IpcMainInvokeEvent. `senderFrame` is null once the frame has navigated or is gone. */
export interface InvokeEvent {
  readonly sender: Page;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

export interface IpcMainLike {
  handle(channel: string, listener: (event: InvokeEvent, ...args: unknown[]) => Promise<unknown>): void;
  removeHandler(channel: string): void;
}

export interface BridgeDeps {
  readonly ipcMain: IpcMainLike;
  /** The engine, in this process or in another. */
  readonly engine: Connection;
  readonly shell: Shell;
  /** Whether a page at this URL is ours. */
  readonly isTrusted: (url: string) => boolean;
}

export interface IpcBridge extends Disposable {
  /** Has the page run an action of its registry; nobody else than a page that has called before is told. */
  runAction(id: MenuActionId): void;
}

/**
 * Carries the contract over Electron's IPC: calls in, replies, events and how the engine is reached out. Only the top
 * frame of a page of ours is answered; anyone else gets an exception without a reason, and the engine never hears of it,
 * nor of a call that is not of the contract: an engine elsewhere can be asked for more over HTTP.
 *
 * A page gets events from its first call on, which is when it loads its snapshot: whatever the snapshot does not hold
 * yet comes after it, and nothing is sent to windows that are still loading.
 */
export function bridgeIpc({ ipcMain, engine, shell, isTrusted }: BridgeDeps): IpcBridge {
  const pages = new Map<number, Page>();

  function admit(event: InvokeEvent): void {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isTrusted(frame.url)) throw new Error("refused");
  }

  function follow(page: Page): void {
    if (pages.has(page.id)) return;
    pages.set(page.id, page);
    page.once("destroyed", () => pages.delete(page.id));
  }

  function tellPages(channel: string, payload: unknown): void {
    for (const page of pages.values()) if (!page.isDestroyed()) page.send(channel, payload);
  }

  let status: ConnectionStatus = { kind: "connecting" };
  const unsubscribe = engine.subscribe((envelope) => tellPages(EVENT_CHANNEL, envelope));
  const unwatch = engine.onStatus((next) => {
    status = next;
    tellPages(STATUS_CHANNEL, next);
  });

  ipcMain.handle(CALL_CHANNEL, async (event, name, input): Promise<unknown> => {
    admit(event);
    follow(event.sender);
    if (typeof name !== "string" || name.length > MAX_NAME_LENGTH) return failure("A call needs a command's name.");
    return await answered(async () => {
      if (!isCommandName(name)) throw unknownCommand(name);
      return await engine.invoke(name, input);
    });
  });

  ipcMain.handle(STATUS_CHANNEL, async (event) => {
    admit(event);
    follow(event.sender);
    // Not as the answer: it could overtake a change, or be overtaken by one.
    event.sender.send(STATUS_CHANNEL, status);
  });

  ipcMain.handle(SHELL_CHANNEL, async (event, action, text, bytes): Promise<unknown> => {
    admit(event);
    if (typeof text !== "string") return failure("The shell takes text only.");
    if (action === "copyText") return await replied(() => shell.copyText(text));
    if (action === "openLink") return await replied(() => shell.openLink(text));
    if (action === "saveFile" && bytes instanceof Uint8Array) {
      return await replied(async () => ({ saved: await shell.saveFile(text, bytes) }));
    }
    return failure("The shell can copy text, open links and save files.");
  });

  return {
    runAction: (id) => tellPages(ACTION_CHANNEL, id),
    [Symbol.dispose]() {
      unsubscribe();
      unwatch();
      pages.clear();
      ipcMain.removeHandler(CALL_CHANNEL);
      ipcMain.removeHandler(STATUS_CHANNEL);
      ipcMain.removeHandler(SHELL_CHANNEL);
    },
  };
}

function replied(action: () => unknown): Promise<unknown> {
  return answered(async (): Promise<Reply> => ({ ok: true, result: (await action()) ?? {} }));
}

/** An AppError travels as a reply: Electron would pass on nothing of an exception but its message. */
async function answered(answer: () => Promise<unknown>): Promise<unknown> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toBody() };
    throw error;
  }
}

function failure(message: string): Reply {
  return { ok: false, error: new AppError("input.invalid", message).toBody() };
}
