import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { AppError } from "#shared/errors.ts";

/** The bytes of a file, or of stdin for `-`. Throws AppError `input.invalid`. */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return file === "-" ? await buffer(process.stdin) : await readFile(file);
  } catch (cause) {
    throw new AppError("input.invalid", `${file} cannot be read. Name a file that is there, or - for stdin.`, {
      cause,
    });
  }
}
