import { defineConfig } from "@playwright/test";

/** `npm run screenshots`: draws the pictures of the documentation anew. No test: it asserts nothing but that views come. */
export default defineConfig({
  testDir: "test/screenshots",
  testMatch: "*.shot.ts",
  timeout: 120_000,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: "list",
});
