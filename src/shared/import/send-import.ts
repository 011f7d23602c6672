import { type ImportFormat, MAX_IMPORT_CHARS } from "#shared/contract/import-commands.ts";
import type { Client, CommandOutput } from "#shared/contract/types.ts";
import { splitImport } from "./split-import.ts";

export type Imported = CommandOutput<"import.read">;

/**
 * Has the engine import a file of any size, part after part; numbers are those of the file. `onPart` is told what has
 * been imported so far. Rejects with the AppErrors of `import.read`; what was imported before stays.
 */
export async function sendImport(
  client: Pick<Client, "call">,
  { format, text }: { readonly format: ImportFormat; readonly text: string },
  onPart: (imported: Imported) => void = () => undefined,
): Promise<Imported> {
  let all: Imported = { imported: 0, ids: [], skipped: [], alreadyHere: [], ignored: 0 };
  for (const part of splitImport(format, text)) {
    all = added(all, await sendPart(client, format, part.text), part.first);
    onPart(all);
  }
  return all;
}

async function sendPart(client: Pick<Client, "call">, format: ImportFormat, text: string): Promise<Imported> {
  if (text.length <= MAX_IMPORT_CHARS) return client.call("import.read", { format, text });
  // Only a line or entry that nothing can be cut off is as long.
  const why = `It is longer than ${MAX_IMPORT_CHARS / 1024 / 1024} million characters.`;
  return { imported: 0, ids: [], skipped: [{ number: 1, why }], alreadyHere: [], ignored: 0 };
}

function added(all: Imported, part: Imported, first: number): Imported {
  const ofFile = <T extends { readonly number: number }>(one: T): T => ({ ...one, number: one.number + first - 1 });
  return {
    imported: all.imported + part.imported,
    ids: [...all.ids, ...part.ids],
    skipped: [...all.skipped, ...part.skipped.map(ofFile)],
    alreadyHere: [...all.alreadyHere, ...part.alreadyHere.map(ofFile)],
    ignored: all.ignored + part.ignored,
  };
}
