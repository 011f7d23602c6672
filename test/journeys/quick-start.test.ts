import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { createHttpCaller } from "#core/hosts/http-caller.ts";
import { createClient } from "#shared/contract/client.ts";
import { CLI, runChild, startChild } from "../helpers/child.ts";
import { startRunningEngine } from "../helpers/running-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const TELL_LOADED = `process.on("exit", () => process.stderr.write(process.moduleLoadList.join("\\n")))`;

/** What is loaded by the time that the process ends, for which Node must have been told to say so. */
function tellingWhatIsLoaded(dir: string): Record<string, string> {
  const preload = join(dir, "tell-loaded.mjs");
  writeFileSync(preload, TELL_LOADED);
  return { NODE_OPTIONS: `--import=${pathToFileURL(preload)}` };
}

const SLOW_TO_LOAD = /undici|internal\/tls\/wrap|internal\/http2\/core/;

describe("fetch, TLS and HTTP/2, which take longer to load than most commands take", () => {
  it("are not loaded by a command that asks the running engine", async () => {
    using dir = tempDir();
    const dataDir = join(dir.path, "data");
    await using _engine = await startRunningEngine({ dataDir });

    const { code, stderr } = await runChild(
      [CLI, "events", "list", "--data-dir", dataDir],
      tellingWhatIsLoaded(dir.path),
    );

    expect(code, stderr).toBe(0);
    expect(stderr).toContain("NativeModule http");
    expect(stderr).not.toMatch(SLOW_TO_LOAD);
  });

  it("are not loaded by serve, which has registered its webhook at the simulator by then", async () => {
    using dir = tempDir();
    const args = ["serve", "--json", "--data-dir", join(dir.path, "data"), "--listener-port", "0", "--ui-port", "0"];
    const serve = await startChild([CLI, ...args, "--no-open"], tellingWhatIsLoaded(dir.path));
    const { uiUrl = "", token = "" } = serve.ready;
    const pid = serve.process.pid ?? 0;
    const caller = createHttpCaller({ pid, url: new URL(uiUrl).origin, token });
    const client = createClient(caller);
    await vi.waitFor(
      async () => expect((await client.call("app.snapshot", {})).registration.phase).toBe("registered"),
      { timeout: 10_000 },
    );

    await serve.end("SIGTERM");
    const { code, stderr } = await serve.ended;

    expect(code, stderr).toBe(0);
    expect(stderr).toContain("NativeModule http");
    expect(stderr).not.toMatch(SLOW_TO_LOAD);
  });
});
