import { once } from "node:events";
import { type FileHandle, open } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "#shared/errors.ts";
import { terminalText } from "./format.ts";

/** Where a command's text goes. */
export interface Output {
  write(text: string | Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/**
 * A new file, made with the first text, or stdout without a path. What is there already is left alone. Throws AppError
 * `store.unwritable`.
 */
export function openOutput(path: string | undefined): Output {
  if (path === undefined) return { write: writeOut, end: async () => undefined };
  const whole = resolve(path);
  let file: FileHandle | undefined;
  return {
    async write(text) {
      try {
        file ??= await open(whole, "wx");
        await file.appendFile(text);
      } catch (cause) {
        await file?.close();
        throw new AppError("store.unwritable", troubleWords(cause, whole), { cause });
      }
    },
    end: async () => file?.close(),
  };
}

async function writeOut(text: string | Uint8Array): Promise<void> {
  const shown = process.stdout.isTTY
    ? terminalText(typeof text === "string" ? text : Buffer.from(text).toString())
    : text;
  if (!process.stdout.write(shown)) await once(process.stdout, "drain");
}

function troubleWords(error: unknown, path: string): string {
  if (error instanceof Error && "code" in error && error.code === "EEXIST")
    return `${path} is there already, and was left alone. Name another file with --out, or remove it.`;
  return `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}. Name another with --out.`;
}
