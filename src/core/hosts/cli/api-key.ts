import { text } from "node:stream/consumers";
import { AppError } from "#shared/errors.ts";
import type { HostOptions } from "../host-options.ts";

/** With `fromStdin`, the key is all of standard input; it goes before the variable. */
export async function readApiKey(options: HostOptions, fromStdin: boolean): Promise<HostOptions> {
  if (!fromStdin) return options;
  const apiKey = (await text(process.stdin)).trim();
  if (apiKey === "")
    throw new AppError("input.invalid", "--api-key-stdin: nothing came on standard input. Pipe the key in.");
  const launch = options.launch?.map((option) =>
    option.id === "apiKey" ? { ...option, value: "given", source: "flag" as const } : option,
  );
  return { ...options, apiKey, ...(launch && { launch }) };
}
