import { styleText } from "node:util";
import { visible } from "../visible.ts";

export type Style = "green" | "red" | "yellow" | "dim";

/** A piece of a line; only words of ours say which style it has. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

export type Line = readonly (string | Span)[];

/** Colours are for terminals that have them, and for those who want them (https://no-color.org). */
export function wantsColours({ isTTY }: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

/** Each piece is made safe before it is coloured: no text of others becomes an escape sequence. */
export function lineText(line: Line, isColoured: boolean): string {
  return line
    .map((span) => {
      if (typeof span === "string") return visible(span);
      const text = visible(span.text);
      return isColoured ? styleText(span.style, text, { validateStream: false }) : text;
    })
    .join("");
}
