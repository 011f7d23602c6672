import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { fireAndForget, type Log } from "../../../lib/log.ts";
import { printLine } from "../format.ts";
import { followKeys, type Key, type Keyboard } from "./keys.ts";

export interface ListenKeysDeps {
  readonly client: Client;
  readonly log: Log;
  /** The delivery that was told of last. */
  lastId(): string | null;
  /** Shows the window of the engine that is listened to. */
  openUi(): void;
  quit(): void;
}

/** What can be done by key while `listen` runs, until it is disposed. */
export function followListenKeys(keyboard: Keyboard, deps: ListenKeysDeps): Disposable {
  const { client, log, lastId, openUi, quit } = deps;
  const replay = () => fireAndForget(replayLast(client, lastId()), log, "listen.not_replayed");
  const keys: readonly Key[] = [
    { name: "r", meaning: "replay the last delivery", press: replay },
    { name: "o", meaning: "open it in the browser", press: openUi },
    { name: "q", meaning: "quit", press: quit },
    { name: "?", meaning: "show the keys", press: show },
  ];
  function show(): void {
    for (const { name, meaning } of keys) printLine(`${name}  ${meaning}`);
  }
  return followKeys(keyboard, keys, quit);
}

/** Its answer is told of like every other one. */
async function replayLast(client: Client, lastId: string | null): Promise<void> {
  if (lastId === null) {
    printLine("Nothing has arrived yet.");
    return;
  }
  try {
    await client.call("replay.send", { id: lastId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isTargetless = error.code === "replay.no_target";
    const why = isTargetless ? "There is no target. Start with --forward-to." : error.message;
    printLine(`${lastId} was not replayed: ${why}`);
  }
}
