import type { ImportFormat } from "#shared/contract/import-commands.ts";
import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { guessImportFormat } from "#shared/import/import-words.ts";
import { type Imported, sendImport } from "#shared/import/send-import.ts";
import { readUtf8 } from "#shared/utf8.ts";
import { toMessage } from "../../client/to-message.ts";

/** What became of one file. */
export type FileResult = { readonly name: string } & (
  | { readonly kind: "imported"; readonly format: ImportFormat; readonly imported: Imported }
  | { readonly kind: "failed"; readonly message: string }
);

/** More does not fit into one text with room to spare. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Imports one file after the other; what is wrong with one keeps no other from it. `onCount` is told of each part. */
export async function importFiles(
  client: Pick<Client, "call">,
  files: readonly File[],
  onCount: (imported: number) => void,
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  let before = 0;
  for (const file of files) {
    try {
      const text = await readText(file);
      const format = guessImportFormat(file.name, text);
      const imported = await sendImport(client, { format, text }, (part) => onCount(before + part.imported));
      before += imported.imported;
      results.push({ name: file.name, kind: "imported", format, imported });
    } catch (error) {
      results.push({ name: file.name, kind: "failed", message: toMessage(error) });
    }
  }
  return results;
}

/** Throws AppError `input.invalid`. */
async function readText(file: File): Promise<string> {
  if (file.size > MAX_FILE_BYTES) {
    throw new AppError("input.invalid", `It is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB. Import it in parts.`);
  }
  const text = readUtf8(await readBytes(file));
  if (text === null) throw new AppError("input.invalid", "It is no text (UTF-8), so it is neither HAR nor JSON lines.");
  return text;
}

async function readBytes(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    // A folder, or a file that is gone or not ours to read.
    throw new AppError("input.invalid", "It cannot be read.", { cause });
  }
}
