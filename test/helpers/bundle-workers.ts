import { join } from "node:path";
import { build } from "vite";
import { ENGINE_THREADS } from "../../scripts/engine-threads.ts";
import { BUNDLED_WORKERS } from "./worker-url.ts";

/** Before all tests, from the sources as they are: each of the engine's threads in a file or two, as in a build. */
export async function setup(): Promise<void> {
  await build({
    root: join(import.meta.dirname, "../.."),
    configFile: false,
    logLevel: "warn",
    // Of eighty modules. The other packages come as they are: they are no more than one or two, or compiled.
    ssr: { noExternal: ["zod"] },
    build: {
      ssr: true,
      target: "esnext",
      outDir: BUNDLED_WORKERS,
      // Not emptied: another run may be at it.
      emptyOutDir: false,
      rollupOptions: {
        input: ENGINE_THREADS,
        output: { entryFileNames: "[name].js" },
      },
    },
  });
}
