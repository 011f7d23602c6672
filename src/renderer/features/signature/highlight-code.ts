export interface CodePiece {
  readonly kind: "comment" | "string" | "keyword" | "plain";
  readonly text: string;
  readonly offset: number;
}

const KEYWORDS =
  "import from export default const let new async await return function if throw def class use echo exit exec do end " +
  "unless next require lambda run package func var err nil private public using int void byte String try catch null true false static";

/** Comments, strings and words, whichever comes first. `#` begins a comment only where the language says so. */
function tokens(isHashComment: boolean): RegExp {
  const comment = isHashComment ? "#[^\\n]*" : "\\/\\/[^\\n]*";
  const text = "\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|`[^`]*`";
  return new RegExp(`(${comment})|(${text})|\\b(${KEYWORDS.split(" ").join("|")})\\b`, "g");
}

/** Cuts code into pieces that differ in colour: enough to read by, and the same for every language. */
export function highlightCode(code: string, isHashComment: boolean): CodePiece[] {
  const found: CodePiece[] = [];
  let end = 0;
  const add = (kind: CodePiece["kind"], from: number, to: number): void => {
    if (to > from) found.push({ kind, text: code.slice(from, to), offset: from });
  };
  for (const match of code.matchAll(tokens(isHashComment))) {
    const [token, comment, text] = match;
    add("plain", end, match.index);
    end = match.index + token.length;
    add(comment !== undefined ? "comment" : text !== undefined ? "string" : "keyword", match.index, end);
  }
  add("plain", end, code.length);
  return found;
}
