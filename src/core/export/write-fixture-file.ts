import { randomUUID } from "node:crypto";
import { lstat, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { FIXTURE_START } from "#shared/fixtures/fixture.ts";

/** `foreign`: something stands there that is no fixture of this app, or is not to be replaced, and was left alone. */
export type Written = "written" | "unchanged" | "foreign";

/** More than any fixture has: the largest body, every byte of it escaped. */
const MAX_READ_BYTES = 128 * 1024 * 1024;

/**
 * Makes a folder where the one above it is there: of a drive that is not connected nothing is to be made anew. Throws
 * what the system says.
 */
export async function ensureFolder(dir: string): Promise<void> {
  if (!isAbsolute(dir)) throw Object.assign(new Error(`${dir} is no absolute path here.`), { code: "EINVAL" });
  try {
    await mkdir(dir);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    if (!(await isFolder(dir))) throw Object.assign(new Error(`${dir} is no folder.`), { code: "ENOTDIR" });
  }
}

/**
 * Writes a fixture into a folder, whole or not at all. A fixture of the same name is replaced, unless it is the same
 * already, or `isNew` says that it is not to be. Throws what the system says.
 */
export async function writeFixtureFile(
  dir: string,
  { name, text }: { name: string; text: string },
  { isNew = false } = {},
): Promise<Written> {
  const path = join(dir, name);
  const there = await readThere(path);
  if (there === text) return "unchanged";
  if (there !== null && (isNew || !FIXTURE_START.test(there))) return "foreign";
  const temporary = join(dir, `.${name}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await writeFile(temporary, text, { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return "written";
}

/**
 * Writes a file that nobody could tell from one of the user's own: what stands at its name is left alone, `unchanged`
 * where that is the same. Throws what the system says.
 */
export async function writeNewFile(dir: string, name: string, bytes: Buffer): Promise<Written> {
  const path = join(dir, name);
  try {
    await writeFile(path, bytes, { flag: "wx" });
    return "written";
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const facts = await lstat(path);
    const isSame = facts.isFile() && facts.size === bytes.length && bytes.equals(await readFile(path));
    return isSame ? "unchanged" : "foreign";
  }
}

/** The text of the file; null for none, and an empty text, which is no fixture, for what is no file to read. */
async function readThere(path: string): Promise<string | null> {
  try {
    const facts = await lstat(path);
    return facts.isFile() && facts.size <= MAX_READ_BYTES ? await readFile(path, "utf8") : "";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

async function isFolder(dir: string): Promise<boolean> {
  return (await stat(dir)).isDirectory();
}

/** What went wrong with a folder or file, and what to do, in words. */
export function fileTroubleWords(error: unknown, dir: string): string {
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return `There is no space left for ${dir}. Free some.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `${dir} may not be written to. Change its rights, or choose another folder.`;
    case "ENOENT":
      return `${dir} is not there, nor is the folder above it. Make it, or choose another.`;
    case "ENOTDIR":
    case "EINVAL":
      return `${dir} is no folder on this computer. Name one by its whole path.`;
    default:
      return `${dir} cannot be written to: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
