import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { CLI, runChild } from "../helpers/child.ts";
import { startRunningEngine } from "../helpers/running-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const TELL_LOADED = `process.on("exit", () => process.stderr.write(process.moduleLoadList.join("\\n")))`;

it("a command that asks the running engine loads neither fetch nor TLS nor HTTP/2, which take longer than it", async () => {
  using dir = tempDir();
  const preload = join(dir.path, "tell-loaded.mjs");
  writeFileSync(preload, TELL_LOADED);
  const dataDir = join(dir.path, "data");
  await using _engine = await startRunningEngine({ dataDir });

  const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload)}` };
  const { code, stderr } = await runChild([CLI, "events", "list", "--data-dir", dataDir], env);

  expect(code, stderr).toBe(0);
  expect(stderr).toContain("NativeModule http");
  expect(stderr).not.toMatch(/undici|internal\/tls\/wrap|internal\/http2\/core/);
});
