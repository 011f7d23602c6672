import type { HostOptions } from "../host-options.ts";
import { pipedSecret } from "./read-secret.ts";

/** With `fromStdin`, the key is all of standard input; it goes before the variable. */
export async function readApiKey(options: HostOptions, fromStdin: boolean): Promise<HostOptions> {
  if (!fromStdin) return options;
  const apiKey = await pipedSecret("--api-key-stdin");
  const launch = options.launch?.map((option) =>
    option.id === "apiKey" ? { ...option, value: "given", source: "flag" as const } : option,
  );
  return { ...options, apiKey, ...(launch && { launch }) };
}
