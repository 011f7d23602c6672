import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { AppError } from "#shared/errors.ts";

/** All of standard input, for a flag that asks for it. Throws AppError `input.invalid` where nothing came. */
export async function pipedSecret(flag: string): Promise<string> {
  // What was typed or piped ends with a newline that is none of the secret's.
  const secret = (await text(process.stdin)).trim();
  if (secret === "") throw new AppError("input.invalid", `${flag}: nothing came on standard input. Pipe it in.`);
  return secret;
}

/** A secret from a prompt that does not show what is typed, or from standard input where that is no terminal. */
export async function askSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).trim();
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  const { promise, resolve } = Promise.withResolvers<string>();
  terminal.once("SIGINT", () => resolve(""));
  terminal.once("close", () => resolve(""));
  terminal.question("", resolve);
  try {
    return (await promise).trim();
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
