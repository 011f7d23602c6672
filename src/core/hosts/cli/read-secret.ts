import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";

/** A secret from a prompt that does not show what is typed, or all of standard input where that is no terminal. */
export async function readSecret(question: string): Promise<string> {
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
