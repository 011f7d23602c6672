import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** In node_modules, from where they find the packages that they need. */
export const BUNDLED_WORKERS = join(import.meta.dirname, "../../node_modules/.cache/workers");

/**
 * Stands in for that of the sources (vitest.config.ts). From the sources, each thread reads in seventy modules and as many
 * of its packages, and the tests start six hundred: from one file that takes half of the time.
 */
export function workerUrl(_importMetaUrl: string, name: string): URL {
  return pathToFileURL(join(BUNDLED_WORKERS, `${name}.js`));
}
