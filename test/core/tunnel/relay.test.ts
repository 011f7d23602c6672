import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { openUrl, SUBDOMAIN, tunnelFixture } from "./tunnel-fixture.ts";

describe("the relay of the tests", () => {
  it("answers 429 to deliveries above its limit", async () => {
    await using fixture = await tunnelFixture();
    const url = await openUrl(fixture);
    fixture.relay.faults.maxWaiting = 0;
    await fixture.tunnel.close();
    // What the client still held would be tried first, and fail with 502.
    await vi.waitFor(() => expect(fixture.relay.connections(SUBDOMAIN)).toBe(0));

    const answers = await Promise.all([1, 2, 3].map(async () => (await fetch(url)).status));

    expect(answers).toContain(429);
  });

  it("runs alone, says where, and ends on SIGTERM", async () => {
    const script = fileURLToPath(new URL("../../helpers/relay-main.ts", import.meta.url));
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await new Promise<string[]>((resolve) =>
      createInterface(child.stdout).once("line", (...it) => resolve(it)),
    );
    const { url } = JSON.parse(line ?? "");

    const tunnel = await (await fetch(`${url}/calm-otter`)).json();
    child.kill("SIGTERM");
    const code = await new Promise((resolve) => child.once("exit", resolve));

    expect(tunnel).toMatchObject({ id: "calm-otter", url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    expect(code).toBe(0);
  });
});
