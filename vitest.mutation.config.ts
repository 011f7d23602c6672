import { defineConfig } from "vitest/config";

/**
 * What the mutants have to get past: the tests of the area itself (scripts/mutate.mjs), which are quick and go through its
 * public doors. Those of the whole engine pass through it too, but take a second for each mutant and would kill none that
 * these let live.
 */
export default defineConfig({ test: { include: process.env["MUTATED_TESTS"]?.split(",") ?? [] } });
