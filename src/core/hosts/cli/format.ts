import { type Command, Option } from "commander";
import { visible } from "../visible.ts";

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
