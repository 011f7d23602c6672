import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { tempDir } from "./helpers/temp-dir.ts";

const root = dirname(import.meta.dirname);

/** One planted violation per fence: if a rule falls silent, its line here fails. */
const VIOLATIONS: ReadonlyArray<{ fence: string; file: string; code: string; rule: string }> = [
  {
    fence: "shared imports zod and itself",
    file: "src/shared/bad.ts",
    code: 'import "react";',
    rule: "noRestrictedImports",
  },
  {
    fence: "shared never imports Node",
    file: "src/shared/bad.ts",
    code: 'import "node:fs";',
    rule: "noRestrictedImports",
  },
  {
    fence: "shared never imports the engine",
    file: "src/shared/bad.ts",
    code: 'import "#core/engine.ts";',
    rule: "noRestrictedImports",
  },
  {
    fence: "the engine never imports electron",
    file: "src/core/store/bad.ts",
    code: 'import "electron";',
    rule: "noRestrictedImports",
  },
  {
    fence: "the engine never imports react",
    file: "src/core/store/bad.ts",
    code: 'import "react";',
    rule: "noRestrictedImports",
  },
  {
    fence: "areas never import each other",
    file: "src/core/store/bad.ts",
    code: 'import "../replay/replayer.ts";',
    rule: "noRestrictedImports",
  },
  {
    fence: "areas never import each other by alias",
    file: "src/core/store/bad.ts",
    code: 'import "#core/replay/replayer.ts";',
    rule: "noRestrictedImports",
  },
  {
    fence: "areas never import hosts",
    file: "src/core/store/bad.ts",
    code: 'import "../hosts/node-deps.ts";',
    rule: "noRestrictedImports",
  },
  {
    fence: "engine.ts never imports hosts",
    file: "src/core/bad.ts",
    code: 'import "./hosts/node-deps.ts";',
    rule: "noRestrictedImports",
  },
  {
    fence: "handlers never import electron",
    file: "src/core/handlers/bad.ts",
    code: 'import "electron";',
    rule: "noRestrictedImports",
  },
  {
    fence: "hosts never import electron",
    file: "src/core/hosts/bad.ts",
    code: 'import "electron";',
    rule: "noRestrictedImports",
  },
  {
    fence: "hosts never import the renderer",
    file: "src/core/hosts/bad.ts",
    code: 'import "../../renderer/main.tsx";',
    rule: "noRestrictedImports",
  },
  {
    fence: "main never imports an area",
    file: "src/main/bad.ts",
    code: 'import "#core/store/store.ts";',
    rule: "noRestrictedImports",
  },
  {
    fence: "main never imports the renderer",
    file: "src/main/bad.ts",
    code: 'import "../renderer/main.tsx";',
    rule: "noRestrictedImports",
  },
  {
    fence: "only main/index.ts touches ipcMain",
    file: "src/main/bad.ts",
    code: 'import { ipcMain } from "electron";\nipcMain.eventNames();',
    rule: "noRestrictedImports",
  },
  {
    fence: "preload has electron and shared only",
    file: "src/preload/bad.ts",
    code: 'import "node:fs";',
    rule: "noRestrictedImports",
  },
  {
    fence: "preload never imports zod",
    file: "src/preload/bad.ts",
    code: 'import "zod";',
    rule: "noRestrictedImports",
  },
  {
    fence: "the renderer never imports electron",
    file: "src/renderer/bad.ts",
    code: 'import "electron";',
    rule: "noRestrictedImports",
  },
  {
    fence: "the renderer never imports Node",
    file: "src/renderer/bad.ts",
    code: 'import "node:fs";',
    rule: "noRestrictedImports",
  },
  {
    fence: "the renderer never imports the engine",
    file: "src/renderer/bad.ts",
    code: 'import "#core/engine.ts";',
    rule: "noRestrictedImports",
  },
  { fence: "no barrel files", file: "src/core/lib/bad.ts", code: 'export * from "./log.ts";', rule: "noBarrelFile" },
  { fence: "no default exports", file: "src/core/lib/bad.ts", code: "export default 1;", rule: "noDefaultExport" },
  { fence: "no any", file: "src/core/lib/bad.ts", code: "export const x: any = 1;", rule: "noExplicitAny" },
  {
    fence: "no non-null assertions",
    file: "src/core/lib/bad.ts",
    code: 'export const x = "a".at(0)!;',
    rule: "noNonNullAssertion",
  },
  { fence: "no console", file: "src/core/lib/bad.ts", code: 'console.log("x");', rule: "noConsole" },
  {
    fence: "kebab-case file names",
    file: "src/core/lib/badName.ts",
    code: "export const x = 1;",
    rule: "useFilenamingConvention",
  },
];

const ALLOWED: ReadonlyArray<{ freedom: string; file: string; code: string }> = [
  {
    freedom: "shared imports zod",
    file: "src/shared/good.ts",
    code: 'import * as z from "zod";\n\nexport const A = z.string();\n',
  },
  {
    freedom: "an area imports the library of the engine",
    file: "src/core/store/good.ts",
    code: 'import "../lib/log.ts";\n',
  },
  { freedom: "engine.ts imports areas", file: "src/core/good.ts", code: 'import "./store/store.ts";\n' },
  {
    freedom: "main/index.ts imports ipcMain",
    file: "src/main/index.ts",
    code: 'import { ipcMain } from "electron";\n\nipcMain.eventNames();\n',
  },
];

async function lint(file: string, code: string): Promise<string> {
  using dir = tempDir();
  cpSync(join(root, "biome.json"), join(dir.path, "biome.json"));
  const path = join(dir.path, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  const biome = join(root, "node_modules/.bin/biome");
  const result = await promisify(execFile)(biome, ["lint", "--colors=off", "--error-on-warnings", "."], {
    cwd: dir.path,
  }).catch((error: { stdout: string; stderr: string }) => error);
  return `${result.stdout}${result.stderr}`;
}

describe("the linter's fences", () => {
  it.each(VIOLATIONS)("holds: $fence", async ({ file, code, rule }) => {
    expect(await lint(file, code)).toContain(rule);
  });

  it("finds an import cycle", async () => {
    using dir = tempDir();
    cpSync(join(root, "biome.json"), join(dir.path, "biome.json"));
    await mkdir(join(dir.path, "src/core/lib"), { recursive: true });
    await writeFile(join(dir.path, "src/core/lib/a.ts"), 'import { b } from "./b.ts";\n\nexport const a = () => b;\n');
    await writeFile(join(dir.path, "src/core/lib/b.ts"), 'import { a } from "./a.ts";\n\nexport const b = () => a;\n');

    const biome = join(root, "node_modules/.bin/biome");
    const error = await promisify(execFile)(biome, ["lint", "--colors=off", "."], { cwd: dir.path }).catch((e) => e);

    expect(`${error.stdout}${error.stderr}`).toContain("noImportCycles");
  });

  it.each(ALLOWED)("lets pass: $freedom", async ({ file, code }) => {
    expect(await lint(file, code)).not.toContain("noRestrictedImports");
  });
});
