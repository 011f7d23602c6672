import { type Command, Option } from "commander";

export type Format = "text" | "json";

/** `--format json` gives one line of JSON per result. */
export function addFormatFlag(command: Command): Command {
  return command.addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"));
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function printLine(line: string): void {
  process.stdout.write(`${visible(line)}\n`);
}

/** For the user, beside what the command is asked for. */
export function printNote(line: string): void {
  process.stderr.write(`${visible(line)}\n`);
}

/**
 * Text that others sent, made safe for a terminal: control characters (escape sequences among them) and marks that
 * reverse the reading direction are shown as their code.
 */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
