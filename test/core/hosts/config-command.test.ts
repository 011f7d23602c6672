import { describe, expect, it } from "vitest";
import { CLI, runChild } from "../../helpers/child.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { startTestSimulator } from "../simulator/start-test-simulator.ts";

describe("config", () => {
  it("changes settings, says what they are and where from, and sets them back", async () => {
    using dir = tempDir();
    const config = (...args: string[]) => runChild([CLI, "config", ...args, "--data-dir", dir.path]);

    expect(await config("set", "forwardTo=3000", "maxDeliveries=20000", 'redact=["body:videoId"]')).toEqual({
      code: 0,
      stderr: "",
      stdout:
        'forwardTo = http://localhost:3000/  (saved)\nmaxDeliveries = 20000  (saved)\nredact = ["body:videoId"]  (saved)\n',
    });
    expect((await config("get", "maxDeliveries")).stdout).toBe("20000\n");
    const all = (await config("get", "--format", "json")).stdout.trim().split("\n");
    expect(all.map((line) => JSON.parse(line))).toContainEqual({ name: "theme", value: "system", source: "default" });
    expect((await config("reset", "forwardTo")).stdout).toBe("forwardTo = null  (default)\n");
  });

  it.each([
    [["set", "forwardToo=3000"], 'There is no setting "forwardToo". There are tunnel, '],
    [["set", "maxDeliveries=many"], "maxDeliveries: "],
    [["set", "tunnel=telepathy"], "tunnel: "],
    [["set", "theme"], "Write it as path=value."],
    [["get", "secret"], 'There is no setting "secret".'],
  ])("says what is wrong with %j, and changes nothing", async (args, message) => {
    using dir = tempDir();

    const ended = await runChild([CLI, "config", ...args, "--data-dir", dir.path]);

    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
  });
});

describe("login", () => {
  it("keeps a key that works, uses its environment, and logout forgets it", async () => {
    using dir = tempDir();
    await using simulator = await startTestSimulator();
    const folder = ["--data-dir", dir.path];
    const setting = async () => (await runChild([CLI, "config", "get", "api", ...folder])).stdout.trim();

    const login = await runChild([CLI, "login", "--api", simulator.url, ...folder], {}, "simulator\n");

    expect(login).toMatchObject({ code: 0, stderr: "" });
    expect(login.stdout).toMatch(/^The key works with http.* and is kept \(.*\)\.\n$/);
    expect(await setting()).toBe(simulator.url);
    expect((await runChild([CLI, "webhooks", "list", ...folder])).code).toBe(0);
    const logout = await runChild([CLI, "logout", ...folder]);
    expect(logout.stdout).toBe(`The key of ${simulator.url} is forgotten.\n`);
    expect(await setting()).toBe("simulator");
  });

  it("keeps nothing of a key that is refused, and never prints it", async () => {
    using dir = tempDir();
    await using simulator = await startTestSimulator();
    const folder = ["--data-dir", dir.path];

    const login = await runChild([CLI, "login", "--api", simulator.url, ...folder], {}, "no-such-key");

    expect(login).toMatchObject({ code: 5, stdout: "" });
    expect(login.stderr).not.toContain("no-such-key");
    expect((await runChild([CLI, "config", "get", "api", ...folder])).stdout.trim()).toBe("simulator");
  });

  it.each([
    [["login", "--api", "moon"], "--api: use sandbox, production"],
    [["login", "--api", "simulator"], "The simulator needs no key."],
    [["login"], "No key was given, so nothing was kept."],
    [["logout"], "The simulator needs no key. Name an environment with --api."],
  ])("says what is wrong with %j", async (args, message) => {
    using dir = tempDir();

    const ended = await runChild([CLI, ...args, "--data-dir", dir.path]);

    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
  });
});
