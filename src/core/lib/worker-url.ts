/**
 * Where the worker `name` lies, seen from the module that starts it: beside it as `.ts` in the sources, and beside the
 * chunk it was bundled into as `.js` in a build (each worker is a build input of its own, under this very name).
 */
export function workerUrl(importMetaUrl: string, name: string): URL {
  const extension = importMetaUrl.endsWith(".ts") ? "ts" : "js";
  return new URL(`./${name}.${extension}`, importMetaUrl);
}
