import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTestStore } from "../core/store/test-store.ts";
import { CLI, runChild } from "../helpers/child.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** Somebody without rights. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

/** The project itself may lie where only root can read. */
async function canNobodyRunIt(): Promise<boolean> {
  const { code } = await runChild([CLI, "--version"], {}, "", NOBODY).catch(() => ({ code: null }));
  return code === 0;
}

/** A folder that only its owner may write to, with these rights on its database. */
async function readOnlyFolder(databaseMode: number | null) {
  const dir = tempDir();
  if (databaseMode !== null) {
    await using _store = await openTestStore(dir.path);
  }
  if (databaseMode !== null) chmodSync(join(dir.path, "inspector.db"), databaseMode);
  chmodSync(dir.path, 0o555);
  return dir;
}

describe("a folder that the user may not write to", () => {
  it.for([
    ["that is empty", null],
    ["with a history that may not be read", 0o600],
    ["with a history that may be read", 0o644],
  ] as const)("%s is said to be so in one line, and left as it is", async ([, databaseMode], { skip }) => {
    skip(!isRoot, "only root can be somebody else for a moment, and root itself is refused nothing");
    skip(!(await canNobodyRunIt()), "the project lies where nobody but root may read it");
    using dir = await readOnlyFolder(databaseMode);
    const before = readdirSync(dir.path);
    const args = ["--data-dir", dir.path, "--listener-port", "0", "--ui-port", "0"];

    const { code, stdout, stderr } = await runChild([CLI, "serve", "--json", "--no-open", ...args], {}, "", NOBODY);

    expect(stderr.trim()).toMatch(/^apivideo-inspector: The app cannot write to .*Give yourself write access.*$/);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(readdirSync(dir.path)).toEqual(before);
  });
});
