import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";

/** Long enough for one event in JSON, short enough for a program that never ends its line. */
const MAX_LINE_CHARS = 16_000;
/** Of each stream. */
const KEPT_LINES = 20;
const MAX_KEPT_CHARS = 300;

export interface OutputLines {
  /** Takes what comes in on the stream until it closes. */
  read(stream: Readable): void;
  /** The last lines of each stream, oldest first, in the order in which the streams were given. */
  kept(): readonly string[];
}

/** Cuts output into lines and keeps the last few. `secrets` never get out of here. */
export function createOutputLines(secrets: readonly string[], onLine: (line: string) => void): OutputLines {
  const streams: string[][] = [];

  return {
    read(stream) {
      const kept: string[] = [];
      streams.push(kept);
      let rest = "";

      function take(raw: string): void {
        const line = withoutSecrets(plain(raw.slice(0, MAX_LINE_CHARS)), secrets);
        if (line === "") return;
        kept.push(line.length > MAX_KEPT_CHARS ? `${line.slice(0, MAX_KEPT_CHARS)}…` : line);
        if (kept.length > KEPT_LINES) kept.shift();
        onLine(line);
      }

      stream.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split(/[\r\n]+/);
        rest = (lines.pop() ?? "").slice(0, MAX_LINE_CHARS);
        for (const line of lines) take(line);
      });
      // What it said until then is all there is; that the program is gone is told elsewhere.
      stream.on("error", () => {});
      stream.once("close", () => take(rest));
    },
    kept: () => streams.flat(),
  };
}

/** In one line, without colours, cursor movements, and characters that would reorder or hide what is shown. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
}

/** With "…" in place of every secret. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== "").reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
}
