import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder that only its owner may look into (or as `mode` says), and those above it that are missing; one that is
 * there stays as it is. Throws what the system says. One by one, because `recursive` of Node tries for ever where a file system refuses
 * folders with ENOENT, as /proc does.
 */
export function makeFolder(path: string, mode = 0o700): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above, mode);
  mkdirSync(path, { mode });
}
