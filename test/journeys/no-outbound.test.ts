import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { createClient } from "#shared/contract/client.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import { CLI, projectRoot, startChild } from "../helpers/child.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const RECORDER = pathToFileURL(join(projectRoot, "test/helpers/record-connections.mjs")).href;

/** `serve` with these flags, and whom it has looked up or connected to so far. */
async function startRecorded(dir: string, flags: readonly string[], env: Record<string, string> = {}) {
  const file = join(dir, "connections");
  const args = ["--listener-port", "0", "--ui-port", "0", ...flags];
  const child = await startChild([CLI, "serve", "--json", "--no-open", "--data-dir", join(dir, "data"), ...args], {
    ...env,
    NODE_OPTIONS: `--import ${RECORDER}`,
    RECORD_CONNECTIONS: file,
  });
  const { uiUrl = "", token = "" } = child.ready;
  const client = createClient(createHttpConnection({ find: () => ({ url: new URL(uiUrl).origin, token }), fetch }));
  const contacted = () => [...new Set(existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [])];
  return { child, client, contacted, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}

function isElsewhere(line: string): boolean {
  return !/ (127\.0\.0\.1|localhost|::1)$/.test(line);
}

describe("nobody is contacted but whom the user named", () => {
  it("at the very first start nobody at all, while deliveries are simulated, searched and exported", async () => {
    using dir = tempDir();
    await using started = await startRecorded(dir.path, []);
    const { client, child } = started;
    await client.call("simulator.trigger", { type: "video.encoding.quality.completed", count: 3 });
    expect((await client.call("deliveries.list", { query: "type:video" })).total).toBe(3);
    await client.call("app.snapshot", {});
    await client.call("export.create", { format: "fixtures", ids: ["d1"] });

    expect(await child.end("SIGTERM")).toBe(0);

    // The simulator is on this machine.
    expect(started.contacted()).toContain("connect 127.0.0.1");
    expect(started.contacted().filter(isElsewhere)).toEqual([]);
  });

  it("with a target on this machine and an account that are named, these two", async () => {
    using dir = tempDir();
    await using receiver = await startReceiver();
    // Never answers: a name that is reserved for this (RFC 6761).
    const flags = [
      "--api",
      "https://api.video.invalid",
      "--forward-to",
      receiver.url.replace("127.0.0.1", "localhost"),
    ];
    await using started = await startRecorded(dir.path, flags, { APIVIDEO_API_KEY: "a-key" });
    const { client, child } = started;
    await fetch(child.ready["listenerUrl"] ?? "", { method: "POST", body: "{}" });
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1));
    await client.call("webhooks.list", {}).catch(() => undefined);

    expect(await child.end("SIGTERM")).toBe(0);

    const names = started
      .contacted()
      .filter(isElsewhere)
      .map((line) => line.split(" ")[1]);
    expect([...new Set(names)]).toEqual(["api.video.invalid"]);
  });
});
