import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { SnippetLanguage } from "#shared/contract/export-commands.ts";
import { findLanguage, type Language } from "../../../scripts/languages.mjs";
import { tempDir } from "../../helpers/temp-dir.ts";

interface Runner {
  /** What has to be on this machine. */
  readonly needs?: Language;
  readonly file: string;
  readonly command: (file: string) => readonly [program: string, ...args: string[]];
  /** One program of snippets that are statements only. */
  readonly wrap?: (snippets: readonly string[]) => string;
  /** A program that prints the UTF-8 of each of these literals, in hex. */
  readonly print: (literals: readonly string[]) => string;
}

export const RUNNERS: Readonly<Record<SnippetLanguage, Runner>> = {
  node: {
    file: "snippet.cjs",
    command: (file) => [process.execPath, file],
    print: (all) => `for (const one of [${all.join()}]) console.log(Buffer.from(one).toString("hex"));`,
  },
  python: {
    needs: "requests",
    file: "snippet.py",
    command: (file) => [findLanguage("requests") ?? "python3", file],
    print: (all) => `for one in [${all.join()}]:\n  print((one if type(one) is bytes else one.encode()).hex())`,
  },
  php: {
    needs: "phpCurl",
    file: "snippet.php",
    command: (file) => ["php", file],
    print: (all) => `<?php foreach ([${all.join()}] as $one) echo bin2hex($one), "\\n";`,
  },
  ruby: {
    needs: "ruby",
    file: "snippet.rb",
    command: (file) => ["ruby", file],
    print: (all) => `[${all.join()}].each { |one| puts one.unpack1("H*") }`,
  },
  go: {
    needs: "go",
    file: "snippet.go",
    command: (file) => ["go", "run", file],
    print: (all) =>
      `package main\nimport "fmt"\nfunc main() { for _, one := range []string{${all.join()}} { fmt.Printf("%x\\n", one) } }`,
  },
  java: {
    needs: "java",
    file: "Snippet.java",
    command: (file) => ["java", file],
    wrap: (snippets) => inJavaMain(snippets.map((snippet) => `{\n${snippet}\n}`).join("\n")),
    print: (all) =>
      inJavaMain(
        `for (String one : new String[] {${all.join()}}) System.out.println(HexFormat.of().formatHex(one.getBytes("UTF-8")));`,
      ),
  },
};

/** The languages whose code can be run on this machine. */
export const RUN_HERE = SnippetLanguage.options.filter((language) => {
  const { needs } = RUNNERS[language];
  return needs === undefined || findLanguage(needs) !== null;
});
for (const language of SnippetLanguage.options) {
  if (!RUN_HERE.includes(language)) console.log(`Code in ${language} was not run: it is not on this machine.`);
}

/** Runs the snippets in their order. */
export async function runSnippets(language: SnippetLanguage, snippets: readonly string[]): Promise<void> {
  const { wrap } = RUNNERS[language];
  for (const program of wrap === undefined ? snippets : [wrap(snippets)]) await runCode(language, program);
}

/** Runs a program, and gives what it printed. Nothing of the developer's own configuration has a say in it. */
export async function runCode(language: SnippetLanguage, code: string): Promise<string> {
  using dir = tempDir();
  const file = join(dir.path, RUNNERS[language].file);
  writeFileSync(file, code);
  const [program, ...args] = RUNNERS[language].command(file);
  const own = { no_proxy: "*", NO_PROXY: "*", NETRC: "", PYTHONDONTWRITEBYTECODE: "1" };
  // Nothing of this may ask the network for another version of Go.
  const env = { ...process.env, ...own, GO111MODULE: "off", GOTOOLCHAIN: "local" };
  const { stdout } = await promisify(execFile)(program, args, { env, cwd: dir.path, timeout: 60_000 });
  return stdout;
}

function inJavaMain(statements: string): string {
  const imports = ["java.net.*", "java.net.http.*", "java.util.*"].map((name) => `import ${name};\n`).join("");
  return `${imports}class Snippet {\n  public static void main(String[] args) throws Exception {\n${statements}\n  }\n}\n`;
}
