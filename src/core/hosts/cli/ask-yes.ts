import { createInterface } from "node:readline";

/** Asks on the terminal; only a y says yes, Ctrl-C and the end of the input say no. */
export async function askYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const { promise, resolve } = Promise.withResolvers<string>();
  terminal.once("close", () => resolve(""));
  terminal.once("SIGINT", () => terminal.close());
  terminal.question(`${question} [y/N] `, resolve);
  try {
    return /^y(?:es)?$/i.test((await promise).trim());
  } finally {
    terminal.close();
  }
}
