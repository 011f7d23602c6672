import { resolve } from "node:path";
import type { Command } from "commander";
import envPaths from "env-paths";
import { Settings } from "#shared/domain/settings.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { AppError } from "#shared/errors.ts";
import type { EngineOptions } from "../engine-options.ts";

/** Flags as commander gives them: text, before anything was checked. */
export interface HostFlags {
  readonly dataDir?: string;
  readonly listenerPort?: string;
  readonly uiPort?: string;
  readonly forwardTo?: string;
  readonly tunnel?: string;
  readonly tunnelHost?: string;
  readonly api?: string;
}

export interface HostOptions extends EngineOptions {
  readonly uiPort: number;
}

export const DEFAULT_LISTENER_PORT = 4747;
export const DEFAULT_UI_PORT = 4040;

/** The flags that say how an engine is to run, the same for every host. */
export function addHostFlags(command: Command): Command {
  return addDataDirFlag(command)
    .option("--listener-port <port>", `where deliveries come in (default ${DEFAULT_LISTENER_PORT}; 0 = any free)`)
    .option("--ui-port <port>", `where the UI and the control API are (default ${DEFAULT_UI_PORT}; 0 = any free)`)
    .option("--forward-to <url>", "forward each delivery to this URL; a bare port means http://localhost:PORT")
    .option(
      "--tunnel <provider>",
      "none, localtunnel, cloudflared, ngrok, pinggy, localhost.run, ssh://user@host, or your own public https:// URL",
    )
    .option(
      "--tunnel-host <url>",
      "your own localtunnel server, or the public URL of your own cloudflared or ssh tunnel",
    )
    .option("--api <environment>", "simulator, sandbox, production, or a base URL");
}

export function addDataDirFlag(command: Command): Command {
  return command.option("--data-dir <folder>", "where deliveries and settings are kept");
}

/** The same folder for every host, so that the window, `serve` and the command line show the same deliveries. */
export function defaultDataDir(): string {
  return envPaths("apivideo-inspector", { suffix: "" }).data;
}

/** Reads flags and variables. Throws AppError `input.invalid` that names the flag or variable at fault. */
export function readHostOptions(flags: HostFlags, env: NodeJS.ProcessEnv): HostOptions {
  const variable = (name: string) => env[`APIVIDEO_INSPECTOR_${name}`] || undefined;
  const webhookSecret = env["APIVIDEO_WEBHOOK_SECRET"] || undefined;
  const apiKey = env["APIVIDEO_API_KEY"] || undefined;
  return {
    dataDir: resolve(flags.dataDir ?? variable("DATA_DIR") ?? defaultDataDir()),
    listenerPort: readPort(flags.listenerPort, variable("LISTENER_PORT"), "listener-port", DEFAULT_LISTENER_PORT),
    uiPort: readPort(flags.uiPort, variable("UI_PORT"), "ui-port", DEFAULT_UI_PORT),
    flags: readSettings(flags, (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
    variables: readSettings(
      {
        ...optional("forwardTo", variable("FORWARD_TO")),
        ...optional("tunnel", variable("TUNNEL")),
        ...optional("tunnelHost", variable("TUNNEL_HOST")),
        ...optional("api", variable("API")),
      },
      (name) => `APIVIDEO_INSPECTOR_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
    ),
    ...(apiKey && { apiKey: apiKey.trim() }),
    ...(webhookSecret && { webhookSecret }),
    connect: true,
  };
}

function readSettings(flags: HostFlags, nameOf: (setting: string) => string): Partial<Settings> {
  const { forwardTo, tunnel, tunnelHost, api } = flags;
  const chosen = {
    ...optional("forwardTo", forwardTo && (parseTarget(forwardTo)?.href ?? forwardTo)),
    ...optional("tunnel", tunnel),
    ...optional("tunnelHost", tunnelHost),
    ...optional("api", api),
  };
  const parsed = Settings.partial().safeParse(chosen);
  if (parsed.success) return chosen;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? "");
  throw new AppError("input.invalid", `${nameOf(name)}: ${issue?.message ?? "not of the expected form"}`);
}

function readPort(flag: string | undefined, variable: string | undefined, name: string, fallback: number): number {
  const text = flag ?? variable;
  if (text === undefined) return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new AppError(
    "input.invalid",
    `--${name}: ${JSON.stringify(text)} is no port. Use a number from 0 (any free one) to 65535.`,
  );
}

function optional<N extends string>(name: N, value: string | undefined): { [K in N]?: string } {
  // An object with one key of type N, or none.
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: string };
}
