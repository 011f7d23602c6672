import { type Command, Option } from "commander";
import { ImportFormat } from "#shared/contract/import-commands.ts";
import { AppError } from "#shared/errors.ts";
import { guessImportFormat, importWords, placeWords } from "#shared/import/import-words.ts";
import { sendImport } from "#shared/import/send-import.ts";
import { readUtf8 } from "#shared/utf8.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { connectEngine } from "../connect-engine.ts";
import { addFormatFlag, type Format, printJson, printLine, printNote } from "../format.ts";
import { readBytes } from "../read-bytes.ts";

interface ImportFlags extends HostFlags {
  readonly as?: ImportFormat;
  readonly format: Format;
}

/** More does not fit into one text with room to spare. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Adds `import` to the commands of `events`. */
export function addImportCommand(events: Command): void {
  addFormatFlag(addDataDirFlag(events.command("import <file>")))
    .description("Keep the deliveries of a file, exported here or recorded as HAR by a browser or proxy; - is stdin")
    .addOption(
      new Option("--as <format>", "what the file is (default: by its name, else by how it begins)").choices(
        ImportFormat.options,
      ),
    )
    .addHelpText(
      "after",
      [
        "",
        "Each becomes a new delivery, marked as imported, with its exact bytes and its own time; nothing is overwritten or",
        "forwarded, and what is here already is not imported again. Of a HAR come the requests with a body or of a method",
        "that has one (POST, PUT, PATCH). What cannot be read is named on stderr, by line (jsonl) or entry (har).",
        "Exit code: 0 all that can be imported is here, 2 something could not be read (the rest is imported).",
        "",
        "Example: apivideo-inspector events import deliveries.jsonl",
      ].join("\n"),
    )
    .action(importFile);
}

async function importFile(path: string, flags: ImportFlags): Promise<void> {
  const text = await readFileText(path);
  const format = flags.as ?? guessImportFormat(path, text);
  await using connection = await connectEngine(flags);
  const imported = await sendImport(connection.client, { format, text });
  for (const { number, why } of imported.skipped) printNote(`left out  ${placeWords(format, number)}: ${why}`);
  if (flags.format === "json") printJson(imported);
  else printLine(importWords(imported));
  if (imported.skipped.length > 0) process.exitCode = EXIT_CODES["input.invalid"];
}

async function readFileText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  if (bytes.length > MAX_FILE_BYTES) {
    throw new AppError(
      "input.invalid",
      `${path} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB. Import it in parts.`,
    );
  }
  const text = readUtf8(bytes);
  if (text === null)
    throw new AppError("input.invalid", `${path} is no text (not UTF-8), so it is neither HAR nor JSON lines.`);
  return text;
}
