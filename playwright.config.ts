import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "test/e2e",
  // Not the folder of all reports, which is emptied at the start.
  outputDir: "test-results/e2e",
  // A file of eleven tests would keep one worker busy while the others have nothing left.
  fullyParallel: true,
  timeout: 60_000,
  // On two cores as well: a third fills the waits of the others for processes and pages.
  workers: 3,
  retries: 0,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  projects: [
    { name: "browser", testMatch: /browser\/.*\.spec\.ts/ },
    { name: "electron", testMatch: /electron\/.*\.spec\.ts/ },
  ],
});
