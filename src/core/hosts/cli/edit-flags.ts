import { type Command, InvalidArgumentError, Option } from "commander";
import type { ReplaySign } from "#shared/contract/replay-commands.ts";
import type { Client } from "#shared/contract/types.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import type { RequestEdits } from "#shared/domain/request-edits.ts";
import { AppError } from "#shared/errors.ts";
import { decodeUtf8 } from "#shared/utf8.ts";
import { collectField } from "./collect-field.ts";
import { readBytes } from "./read-bytes.ts";
import { setFields } from "./set-fields.ts";

/** How a delivery is to be changed before it is sent. */
export interface EditFlags {
  readonly method?: string;
  readonly path?: string;
  readonly header?: readonly string[];
  readonly set?: Readonly<Record<string, unknown>>;
  readonly bodyFile?: string;
  readonly sign: "keep" | "webhook" | "environment";
}

export function addEditFlags(command: Command): Command {
  return command
    .option("--method <method>", "send it with another method")
    .option("--path <path>", "send it to another path, with its query")
    .option(
      "--header <name: value>",
      "set a header, or take it away with `name:` (repeatable)",
      (text: string, all: string[] = []) => [...all, checkHeader(text)],
    )
    .option(
      "--set <path=value>",
      "set a field of the JSON body (repeatable; JSON values are read as such)",
      collectField,
    )
    .addOption(new Option("--body-file <file>", "send the bytes of a file as the body; - is stdin").conflicts("set"))
    .addOption(
      new Option("--sign <how>", "keep the signature, or sign anew (environment: APIVIDEO_WEBHOOK_SECRET)")
        .choices(["keep", "webhook", "environment"])
        .default("keep"),
    )
    .addHelpText(
      "after",
      "\nExample: apivideo-inspector events replay d12 --to 3000 --set quality=1080p --sign webhook",
    );
}

/** The flags as `replay.send` takes them. Throws AppError `input.invalid`, or what the engine says of the delivery. */
export async function readEdits(
  client: Client,
  id: string,
  flags: EditFlags,
): Promise<{ edits: RequestEdits; sign: ReplaySign }> {
  const { method, path, header } = flags;
  const body = await readBody(client, id, flags);
  return {
    edits: {
      ...(method !== undefined && { method }),
      ...(path !== undefined && { path }),
      ...(header && { headers: setHeaders((await client.call("replay.preview", { id })).headers, header) }),
      ...(body !== undefined && { body }),
    },
    sign: flags.sign === "environment" ? { secret: environmentSecret() } : flags.sign,
  };
}

async function readBody(client: Client, id: string, { set, bodyFile }: EditFlags): Promise<RequestEdits["body"]> {
  if (bodyFile !== undefined) return { base64: (await readBytes(bodyFile)).toString("base64") };
  if (set === undefined) return undefined;
  const { base64 } = await client.call("deliveries.body", { id });
  return setFields(decodeUtf8(Buffer.from(base64, "base64")), set);
}

/** Each name where it stood first, else at the end; a name given twice stands twice. */
function setHeaders(headers: HeaderPairs, lines: readonly string[]): HeaderPairs {
  const set = new Map<string, HeaderPairs>();
  for (const line of lines) {
    const [name, value] = splitHeader(line);
    const pairs = set.get(name.toLowerCase()) ?? [];
    set.set(name.toLowerCase(), value === "" ? pairs : [...pairs, [name, value]]);
  }
  const kept = headers.flatMap((pair): HeaderPairs => {
    const key = pair[0].toLowerCase();
    const pairs = set.get(key);
    if (pairs === undefined) return [pair];
    set.set(key, []);
    return pairs;
  });
  return [...kept, ...[...set.values()].flat()];
}

function splitHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function checkHeader(text: string): string {
  if (text.indexOf(":") < 1) throw new InvalidArgumentError("Write it as 'name: value'.");
  return text;
}

function environmentSecret(): string {
  const secret = process.env["APIVIDEO_WEBHOOK_SECRET"];
  if (secret) return secret;
  throw new AppError("input.invalid", "APIVIDEO_WEBHOOK_SECRET is not set. Set it, or use --sign webhook.");
}
