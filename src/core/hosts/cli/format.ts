import { type Command, Option } from "commander";

export type Format = "text" | "json";

/** `--format json` gives one line of JSON per result, and one on stderr for an error. */
export function addFormatFlag(command: Command): Command {
  return command.addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"));
}

/** What a terminal would take for more than text is escaped, which JSON has for every character: the value is the same. */
export function jsonLine(value: unknown): string {
  return visible(JSON.stringify(value));
}

export function printJson(value: unknown): void {
  process.stdout.write(`${jsonLine(value)}\n`);
}

export function printLine(line: string): void {
  process.stdout.write(`${visible(line)}\n`);
}

/** Exact, unless they would steer the terminal that they are shown on. */
export function printBytes(bytes: Uint8Array): void {
  process.stdout.write(process.stdout.isTTY ? `${terminalText(Buffer.from(bytes).toString("utf8"))}\n` : bytes);
}

/** Line ends and tabs as they are, everything else that is no text as its code. */
export function terminalText(text: string): string {
  return text.replace(/[^\n\t]+/g, visible);
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
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
