import { resolve } from "node:path";
import type { Command } from "commander";
import envPaths from "env-paths";
import type { LaunchOption, LaunchOptionId } from "#shared/domain/launch-option.ts";
import { SETTING_FLAGS, Settings } from "#shared/domain/settings.ts";
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
  const dataDir = resolve(flags.dataDir ?? variable("DATA_DIR") ?? defaultDataDir());
  const listenerPort = readPort(flags.listenerPort, variable("LISTENER_PORT"), "listener-port", DEFAULT_LISTENER_PORT);
  const uiPort = readPort(flags.uiPort, variable("UI_PORT"), "ui-port", DEFAULT_UI_PORT);
  return {
    dataDir,
    listenerPort,
    uiPort,
    flags: readSettings(flags, "flag"),
    variables: readSettings(
      {
        ...optional("forwardTo", variable("FORWARD_TO")),
        ...optional("tunnel", variable("TUNNEL")),
        ...optional("tunnelHost", variable("TUNNEL_HOST")),
        ...optional("api", variable("API")),
      },
      "variable",
    ),
    ...(apiKey && { apiKey: apiKey.trim() }),
    ...(webhookSecret && { webhookSecret }),
    launch: readLaunchOptions(flags, env, { dataDir, listenerPort, uiPort }),
    connect: true,
  };
}

function readSettings(flags: HostFlags, source: "flag" | "variable"): Partial<Settings> {
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
  // Only these were looked at, and each has a flag and a variable.
  const name = String(issue?.path[0] ?? "") as keyof Settings;
  throw new AppError(
    "input.invalid",
    `${SETTING_FLAGS[name]?.[source] ?? name}: ${issue?.message ?? "not of the expected form"}`,
  );
}

/** What the UI shows of the start: values as they count, of secrets only that they were given. */
function readLaunchOptions(
  flags: HostFlags,
  env: NodeJS.ProcessEnv,
  { dataDir, listenerPort, uiPort }: { dataDir: string; listenerPort: number; uiPort: number },
): LaunchOption[] {
  const option = (
    id: LaunchOptionId,
    value: string | null,
    flag: string | null,
    variable: string | null,
    given?: string,
  ) => {
    const isInVariable = variable !== null && Boolean(env[variable]);
    const source = given !== undefined ? "flag" : isInVariable ? "variable" : "default";
    return { id, value: value ?? (isInVariable ? "given" : "not given"), source, flag, variable } as const;
  };
  const prefix = "APIVIDEO_INSPECTOR_";
  return [
    option("dataDir", dataDir, "--data-dir", `${prefix}DATA_DIR`, flags.dataDir),
    option("listenerPort", String(listenerPort), "--listener-port", `${prefix}LISTENER_PORT`, flags.listenerPort),
    option("uiPort", String(uiPort), "--ui-port", `${prefix}UI_PORT`, flags.uiPort),
    option("apiKey", null, "--api-key-stdin", "APIVIDEO_API_KEY"),
    option("webhookSecret", null, null, "APIVIDEO_WEBHOOK_SECRET"),
    option("ngrokToken", null, null, "NGROK_AUTHTOKEN"),
    option("cloudflaredToken", null, null, "TUNNEL_TOKEN"),
  ];
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
