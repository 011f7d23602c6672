import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new data folder that nobody else has, and that goes with all in it when it is disposed. */
export interface OwnFolder extends AsyncDisposable {
  readonly path: string;
}

/** Its mode is 0700, as mkdtemp makes it. */
export async function makeOwnFolder(): Promise<OwnFolder> {
  const path = await mkdtemp(join(tmpdir(), "apivideo-inspector-"));
  return {
    path,
    // Windows lets go of a file some moments after it was closed.
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
