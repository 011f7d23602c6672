import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**"],
    setupFiles: process.env["FUZZ_TIMES"] === undefined ? [] : ["test/helpers/fuzz-setup.ts"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Many tests wait for processes and sockets: one worker, the default on two cores, would leave both idle.
    maxWorkers: Math.max(3, availableParallelism()),
  },
});
