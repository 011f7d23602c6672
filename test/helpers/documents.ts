import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./child.ts";

/** Something that a document tells its reader to run. */
export interface Documented {
  /** Its path from the project's root. */
  readonly document: string;
  /** A command, or all of a block of code. */
  readonly text: string;
}

const PROGRAM = /^(?:[A-Z_]+=\S+ )*(?:npm|npx|node|claude|codex|curl|bash|echo|apivideo-inspector) \S/;
/** A command of ours without what starts it, as texts name them; one without a flag is only spoken of. */
const OURS = /^(?:serve|listen|trigger|events|faults|webhooks|simulator|config|types|mcp)\b.* --\w/;
/** What stands before a command in the help. */
const LABEL = /^(Examples?:|bash|zsh|fish)? +(?=\S)/;
const CODE = ["ts", "js", "json", "toml"];
/** The pictures in it are no commands. */
const PICTURES = "ARCHITECTURE.md";
/** What it says was so once. */
const PAST = "CHANGELOG.md";

/** All documents that say how something is done now. */
export const DOCUMENTS: readonly string[] = [
  ...readdirSync(projectRoot).filter((name) => name.endsWith(".md") && name !== PAST),
  ...readdirSync(join(projectRoot, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

/** Every command and block of code (of `docs`) in them, each once to a document, in their order. */
export function allDocumented(): Documented[] {
  return DOCUMENTS.flatMap((document) => documentedIn(document));
}

export function documentedIn(document: string): Documented[] {
  // Every second part stands between two fences, behind the name of its language.
  const parts = readFileSync(join(projectRoot, document), "utf8").split(/^```/m);
  const found = parts.flatMap((part, at) => (at % 2 === 0 ? commandsOfText(part) : thingsOfBlock(part, document)));
  return [...new Set(found)].map((text) => ({ document, text }));
}

/** The words of a command of ours, whichever way the document starts it; null for any other. */
export function ownWords(text: string): string | null {
  if (OURS.test(text)) return text;
  return /^(?:npm run -s cli --|apivideo-inspector) ([a-z].*)$/.exec(text)?.[1] ?? null;
}

function commandsOfText(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)]
    .map(([, code = ""]) => code)
    .filter((code) => PROGRAM.test(code) || OURS.test(code));
}

function thingsOfBlock(block: string, document: string): string[] {
  const [language = "", ...lines] = block.trimEnd().split("\n");
  if (CODE.includes(language)) return document.startsWith("docs/") ? [lines.join("\n")] : [];
  if (language === "text") return lines.filter(isInHelp).map((line) => line.replace(LABEL, ""));
  return document === PICTURES ? [] : lines.map((line) => line.replace(/\s+# .*$/, "").trim()).filter(Boolean);
}

function isInHelp(line: string): boolean {
  return /^Examples?: +\S/.test(line) || PROGRAM.test(line.replace(LABEL, ""));
}
