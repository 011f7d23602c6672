import { type Command, InvalidArgumentError } from "commander";
import type { LaunchOption } from "#shared/domain/launch-option.ts";
import { AddedHeaders } from "#shared/domain/named-target.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { AppError } from "#shared/errors.ts";
import type { HostOptions } from "./host-options.ts";

/** How this one run forwards and answers; nothing of it is saved. */
export interface ForwardFlags {
  readonly path?: string;
  readonly headers?: readonly [string, string][];
  readonly skipVerify?: boolean;
  readonly relay?: boolean;
}

export function addForwardFlags(command: Command): Command {
  return command
    .option("--path <path>", "where at --forward-to deliveries go, such as /webhooks")
    .option("-H, --headers <name: value>", "add a header to what goes to --forward-to (repeatable)", collectHeader)
    .option("--skip-verify", "accept any certificate of --forward-to; of this machine's it is never asked for")
    .option("--relay", "answer api.video what your server answers, instead of 202 at once");
}

/**
 * The options with what these flags say. Throws AppError `input.invalid` for one that is about --forward-to where neither
 * flag nor variable names that, and for a path that cannot be one.
 */
export function applyForwardFlags(options: HostOptions, flags: ForwardFlags): HostOptions {
  const { path, headers = [], skipVerify = false, relay = false } = flags;
  const forwardTo = options.flags.forwardTo ?? options.variables.forwardTo;
  const needy = path !== undefined ? "--path" : headers.length > 0 ? "--headers" : skipVerify ? "--skip-verify" : null;
  if (needy !== null && !forwardTo) {
    throw new AppError("input.invalid", `${needy} is about your server: name it with --forward-to as well.`);
  }
  return {
    ...options,
    flags: {
      ...options.flags,
      ...(path !== undefined && { forwardTo: withPath(forwardTo ?? "", path) }),
      ...(relay && { answerMode: "relay" as const }),
    },
    forward: { headers: [...headers], skipVerify },
    launch: [...(options.launch ?? []), ...launchOptions(flags)],
  };
}

/** `/hooks` at `http://localhost:3000/api` is `/api/hooks` there; it may have a query. */
function withPath(forwardTo: string, path: string): string {
  const base = parseTarget(forwardTo);
  const relative = path.replace(/^\/+/, "");
  const url = base && URL.parse(`${base.origin}${base.pathname.replace(/\/+$/, "")}/${relative}`);
  if (!url || relative.includes("#")) {
    throw new AppError("input.invalid", `--path: ${JSON.stringify(path)} is no path. Write it as /webhooks/api-video.`);
  }
  if (url.search === "") url.search = base.search;
  return url.href;
}

/** Shown with the settings. The values can be secret and are not. */
function launchOptions({ headers = [], skipVerify = false }: ForwardFlags): LaunchOption[] {
  const names = headers.map(([name]) => name).join(", ");
  const given = { source: "flag", variable: null } as const;
  return [
    ...(names === "" ? [] : [{ id: "forwardHeaders", value: names, flag: "--headers", ...given } as const]),
    ...(skipVerify ? [{ id: "skipVerify", value: "yes", flag: "--skip-verify", ...given } as const] : []),
  ];
}

function collectHeader(text: string, all: readonly [string, string][] = []): [string, string][] {
  const at = text.indexOf(":");
  if (at < 1) throw new InvalidArgumentError("Write it as “Name: value”.");
  const headers = AddedHeaders.safeParse([...all, [text.slice(0, at), text.slice(at + 1).trim()]]);
  if (headers.success) return headers.data;
  throw new InvalidArgumentError(headers.error.issues[0]?.message ?? "It is no header.");
}
