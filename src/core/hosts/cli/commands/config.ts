import type { Command } from "commander";
import type { SettingsView } from "#shared/contract/snapshot.ts";
import { Settings } from "#shared/domain/settings.ts";
import { AppError } from "#shared/errors.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { collectField } from "../collect-field.ts";
import { connectEngine } from "../connect-engine.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";

interface ConfigFlags extends HostFlags {
  readonly format: Format;
}

type Name = keyof Settings;

export function addConfigCommand(program: Command): void {
  const config = program.command("config").description("Read and change what the app keeps as settings");
  addFormatFlag(addDataDirFlag(config.command("get [name]")))
    .description("Print all settings and where each comes from, or the value of one")
    .addHelpText("after", "\nExample: apivideo-inspector config get forwardTo")
    .action(get);
  addFormatFlag(addDataDirFlag(config.command("set <changes...>")))
    .description(
      "Change settings: name=value, where the value is text, a number, or JSON; what depends on them follows",
    )
    .addHelpText("after", "\nExample: apivideo-inspector config set forwardTo=3000 maxDeliveries=20000")
    .action(set);
  addFormatFlag(addDataDirFlag(config.command("reset <names...>")))
    .description("Set settings back to their defaults")
    .addHelpText("after", "\nExample: apivideo-inspector config reset forwardTo routes")
    .action(reset);
}

async function get(name: string | undefined, flags: ConfigFlags): Promise<void> {
  const names = name === undefined ? Settings.keyof().options : [toName(name)];
  await using connection = await connectEngine(flags);
  const view = await connection.client.call("settings.get", {});
  if (name === undefined) print(names, view, flags.format);
  else if (flags.format === "json") printJson(view.values[toName(name)]);
  else printLine(textOf(view.values[toName(name)]));
}

async function set(changes: readonly string[], flags: ConfigFlags): Promise<void> {
  const fields = changes.reduce<Record<string, unknown>>((all, change) => collectField(change, all), {});
  const names = Object.keys(fields).map(toName);
  await using connection = await connectEngine(flags);
  // What is written cannot be typed; the contract looks at each value and names the one that is wrong.
  const view = await connection.client.call("settings.update", asTyped(fields) as Partial<Settings>);
  print(names, view, flags.format);
}

async function reset(texts: readonly string[], flags: ConfigFlags): Promise<void> {
  const names = texts.map(toName);
  await using connection = await connectEngine(flags);
  print(names, await connection.client.call("settings.reset", { names }), flags.format);
}

/** A bare port is a number to JSON and a text to a setting. */
function asTyped(fields: Record<string, unknown>): Record<string, unknown> {
  const isText = (name: string): boolean => Settings.shape[name as Name].safeParse("1").success;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "number" && isText(name) ? String(value) : value,
    ]),
  );
}

function toName(text: string): Name {
  const parsed = Settings.keyof().safeParse(text);
  if (parsed.success) return parsed.data;
  const names = Settings.keyof().options.join(", ");
  throw new AppError("input.invalid", `There is no setting ${JSON.stringify(text)}. There are ${names}.`);
}

function print(names: readonly Name[], { values, sources }: SettingsView, format: Format): void {
  if (format === "json") {
    for (const name of names) printJson({ name, value: values[name], source: sources[name] });
    return;
  }
  for (const name of names) printLine(`${name} = ${textOf(values[name])}  (${sources[name]})`);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
