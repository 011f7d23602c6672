import type { Command } from "commander";
import { Settings } from "#shared/domain/settings.ts";
import { type ApiChoice, parseApiChoice } from "#shared/domain/webhook.ts";
import { AppError } from "#shared/errors.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { connectEngine } from "../connect-engine.ts";
import { printLine } from "../format.ts";
import { askSecret } from "../read-secret.ts";

/** Where one can log in; the simulator takes everybody. */
type Account = Exclude<ApiChoice, { environment: "simulator" }>;

const FLAG = "--api <environment>";

export function addLoginCommands(program: Command): void {
  addDataDirFlag(program.command("login"))
    .description("Keep an API key, checked against api.video first, and use its environment from then on")
    .option(FLAG, "sandbox, production, or a base URL", "sandbox")
    .addHelpText(
      "after",
      [
        "",
        "The key is asked for, and not shown; or it is read from standard input, or from APIVIDEO_API_KEY. It is kept in",
        "the keychain of the system where the desktop app can use one, else in a file that only you can read.",
        "",
        "Example: apivideo-inspector login --api production < key.txt",
      ].join("\n"),
    )
    .action(login);
  addDataDirFlag(program.command("logout"))
    .description("Forget an API key, and go back to the simulator")
    .option(FLAG, "sandbox, production, or a base URL (default: what the app uses)")
    .addHelpText("after", "\nExample: apivideo-inspector logout --api sandbox")
    .action(logout);
}

async function login({ api, ...flags }: HostFlags & { readonly api: string }): Promise<void> {
  const account = toAccount(api);
  const value = process.env["APIVIDEO_API_KEY"] || (await askSecret(`API key for ${api}: `));
  if (value === "") throw new AppError("input.invalid", "No key was given, so nothing was kept.");
  await using connection = await connectEngine(flags);
  const { client } = connection;
  const baseUrl = account.environment === "custom" ? { baseUrl: account.baseUrl } : {};
  await client.call("secrets.set", { kind: "api-key", environment: account.environment, value, ...baseUrl });
  await client.call("settings.update", { api });
  const { storage } = await client.call("secrets.status", {});
  printLine(`The key works with ${api} and is kept (${storage}).`);
}

async function logout({ api, ...flags }: HostFlags & { readonly api?: string }): Promise<void> {
  await using connection = await connectEngine(flags);
  const { client } = connection;
  const { values } = await client.call("settings.get", {});
  const { environment } = toAccount(api ?? values.api);
  await client.call("secrets.clear", { kind: "api-key", environment });
  if (api === undefined || api === values.api) await client.call("settings.update", { api: "simulator" });
  printLine(`The key of ${api ?? values.api} is forgotten.`);
}

/** Throws AppError `input.invalid`. */
function toAccount(api: string): Account {
  const choice = Settings.shape.api.safeParse(api).success ? parseApiChoice(api) : null;
  if (choice !== null && choice.environment !== "simulator") return choice;
  throw new AppError(
    "input.invalid",
    choice === null
      ? "--api: use sandbox, production, or an https:// base URL (http:// for this machine only)."
      : "The simulator needs no key. Name an environment with --api.",
  );
}
