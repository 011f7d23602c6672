import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The engine's threads start from one file each, which a build before all tests makes (test/helpers/worker-url.ts).
  resolve: {
    alias: [
      {
        find: /^(?:\.\.\/|#core\/)lib\/worker-url\.ts$/,
        replacement: join(import.meta.dirname, "test/helpers/worker-url.ts"),
      },
    ],
  },
  test: {
    globalSetup: "test/helpers/bundle-workers.ts",
    projects: [
      {
        extends: true,
        // The files share their workers' modules, which takes a quarter less time than to read them in for each.
        test: {
          name: "engine",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/renderer/**"],
          isolate: false,
        },
      },
      // The window's state lives in its modules, once per page: each file gets its own.
      { extends: true, test: { name: "window", include: ["test/renderer/**/*.test.ts"] } },
    ],
    setupFiles: process.env["FUZZ_TIMES"] === undefined ? [] : ["test/helpers/fuzz-setup.ts"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Many tests wait for processes and sockets: one worker, the default on two cores, would leave both idle.
    maxWorkers: Math.max(3, availableParallelism()),
  },
});
