export interface Piece {
  readonly kind: "key" | "string" | "literal" | "plain";
  readonly text: string;
  readonly offset: number;
}

/** A string (a key where a colon follows), or a number or word of JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"?(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** Cuts a line of JSON into pieces that differ in colour. A line that is no JSON comes out whole or oddly coloured. */
export function highlight(line: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  const add = (kind: Piece["kind"], from: number, to: number): void => {
    if (to > from) found.push({ kind, text: line.slice(from, to), offset: from });
  };
  for (const match of line.matchAll(TOKEN)) {
    const [token, colon = ""] = match;
    const to = match.index + token.length - colon.length;
    add("plain", end, match.index);
    if (!token.startsWith('"')) add("literal", match.index, to);
    else add(colon === "" ? "string" : "key", match.index, to);
    end = to;
  }
  add("plain", end, line.length);
  return found;
}
