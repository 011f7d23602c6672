import { isDeepStrictEqual } from "node:util";
import type { ExportFile } from "#shared/contract/export-commands.ts";
import type { FixtureFolder as FolderChoice } from "#shared/domain/fixture-folder.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import { waitAtMost } from "../lib/wait-at-most.ts";
import type { Exporter } from "./exporter.ts";
import { toFixtureFile } from "./formats.ts";
import { ensureFolder, fileTroubleWords, writeFixtureFile } from "./write-fixture-file.ts";

/** Ids that wait while the folder cannot be written to; beyond it the oldest are given up. */
const MAX_WAITING = 10_000;
const RETRY_MS = 3_000;
/** For what waits when the app is closed. */
const LAST_MS = 2_000;

export interface FixtureFolderDeps {
  readonly log: Log;
  readonly exporter: Exporter;
  /** Which folder and which search, as the settings say now. */
  choice(): FolderChoice | null;
  matches(id: string, query: string): Promise<boolean>;
  /** Why nothing can be written, in words; null once it can again. */
  onTrouble(message: string | null): void;
}

/** Writes deliveries into a folder of the user's as they match a search, one after the other, behind everything else. */
export interface FixtureFolder extends AsyncDisposable {
  /** A delivery that came, or of which something changed: it may match now. Returns at once. */
  offer(id: string): void;
  /** The settings changed: another folder, another search, or none. */
  follow(): void;
  /** The deliveries that wait are erased. */
  forget(): void;
}

export function createFixtureFolder(deps: FixtureFolderDeps): FixtureFolder {
  const { log } = deps;
  /** In the order of their arrival; each once. */
  const waiting = new Set<string>();
  let chosen = deps.choice();
  let trouble: string | null = null;
  let givenUp = 0;
  let working: Promise<void> | null = null;
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  function tell(message: string | null): void {
    if (message === null) givenUp = 0;
    const lost = givenUp > 0 ? ` Meanwhile ${givenUp} too many came to be kept waiting: export these by hand.` : "";
    const words = message === null ? null : `${message} It is tried again every few seconds.${lost}`;
    if (words !== trouble) deps.onTrouble(words);
    trouble = words;
  }

  /** Null for what does not match, or cannot be a fixture. A delivery that breaks this must not hold up the others. */
  async function toFile(id: string, query: string): Promise<ExportFile | null> {
    try {
      if (query !== "" && !(await deps.matches(id, query))) return null;
      const result = await (await deps.exporter([])).add(id);
      if (result.kind === "exported") return toFixtureFile(result.delivery);
      log.info("fixture.skipped", { id, why: result.why });
    } catch (error) {
      log.error("fixture.failed", error, { id });
    }
    return null;
  }

  async function work(): Promise<void> {
    for (;;) {
      const folder = deps.choice();
      const [id] = waiting;
      if (folder === null || isClosed) return;
      try {
        await ensureFolder(folder.dir);
        const file = id === undefined ? null : await toFile(id, folder.query);
        // What is there already is the user's by now, who may have edited it: a delivery changes with each replay of it.
        if (file !== null && (await writeFixtureFile(folder.dir, file, { isNew: true })) === "foreign") {
          log.info("fixture.left_alone", { name: file.name });
        }
      } catch (error) {
        // Not if the user chose another one while this was tried.
        if (isDeepStrictEqual(folder, deps.choice())) return fail(error, folder.dir);
        continue;
      }
      tell(null);
      if (id === undefined) return;
      waiting.delete(id);
    }
  }

  function fail(error: unknown, dir: string): void {
    log.warn("fixture.not_written", { message: error instanceof Error ? error.message : String(error) });
    tell(fileTroubleWords(error, dir));
    retry = setTimeout(start, RETRY_MS).unref();
  }

  function start(): void {
    clearTimeout(retry);
    retry = undefined;
    if (isClosed || working !== null) return;
    working = work().finally(() => {
      working = null;
      // What came after the last look.
      if (waiting.size > 0 && retry === undefined && deps.choice() !== null) start();
    });
    fireAndForget(working, log, "fixture.failed");
  }

  return {
    offer(id) {
      if (chosen === null || isClosed) return;
      waiting.add(id);
      if (waiting.size > MAX_WAITING) {
        const [oldest = id] = waiting;
        waiting.delete(oldest);
        givenUp += 1;
      }
      if (retry === undefined) start();
    },
    follow() {
      const next = deps.choice();
      if (isDeepStrictEqual(next, chosen)) return;
      chosen = next;
      // They matched what is not asked for any more.
      waiting.clear();
      tell(null);
      start();
    },
    forget: () => waiting.clear(),
    async [Symbol.asyncDispose]() {
      // What was captured in the last moment is written as well, if that can be done.
      if (working !== null) await waitAtMost(LAST_MS, working);
      isClosed = true;
      clearTimeout(retry);
      await working;
    },
  };
}
