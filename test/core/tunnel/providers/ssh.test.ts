import { existsSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { createSsh } from "#core/tunnel/providers/ssh.ts";
import { parseTunnelChoice } from "#shared/domain/tunnel.ts";
import { fakeProgram, isRunning, onlyPid } from "./fake-program.ts";
import { openFault, openSession, PORT } from "./open-session.ts";

const PINGGY = { provider: "ssh", preset: "pinggy" } as const;
const LOCALHOST_RUN = { provider: "ssh", preset: "localhost.run" } as const;
const OWN = { provider: "ssh", user: "me", host: "server.example.com", port: 2222 } as const;
const OWN_URL = "https://hooks.example.com";

describe("a tunnel with ssh to a service for anybody", () => {
  it("asks pinggy where it is, at a local port of its own", async () => {
    using fake = fakeProgram("ssh");

    await using opened = await openSession(createSsh(PINGGY, { env: fake.env() }));

    expect(opened.session).toMatchObject({ url: "https://calm-otter.a.free.pinggy.link", isRenamed: false });
    const { args } = fake.starts()[0] ?? { args: [] };
    expect(optionOf(args, "-R")).toBe(`0:127.0.0.1:${PORT}`);
    expect(optionOf(args, "-L")).toMatch(/^127\.0\.0\.1:\d+:localhost:4300$/);
    expect(optionOf(args, "-L")).not.toContain("127.0.0.1:4300:");
    expect(optionOf(args, "-p")).toBe("443");
    expect(args.slice(-2)).toEqual(["--", "a.pinggy.io"]);
  });

  it("reads where it is from the events of localhost.run, and hears of a new name", async () => {
    using fake = fakeProgram("ssh");

    await using opened = await openSession(createSsh(LOCALHOST_RUN, { env: fake.env() }));
    process.kill(onlyPid(fake), "SIGHUP");
    await vi.waitFor(() => expect(opened.changes).toHaveLength(1), { timeout: 10_000 });

    expect(opened.session.url).toBe("https://first.lhr.life");
    expect(opened.changes).toEqual([{ kind: "up", url: "https://second.lhr.life" }]);
    const { args } = fake.starts()[0] ?? { args: [] };
    expect(optionOf(args, "-R")).toBe(`80:127.0.0.1:${PORT}`);
    expect(args.slice(-6)).toEqual(["-l", "nokey", "--", "localhost.run", "--output", "json"]);
  });

  it("asks nothing, shares no connection, and stops where something is strange", async () => {
    using fake = fakeProgram("ssh");

    await using _ = await openSession(createSsh(PINGGY, { env: fake.env() }));

    expect(settings(fake.starts()[0]?.args)).toMatchObject({
      BatchMode: "yes",
      ExitOnForwardFailure: "yes",
      ServerAliveInterval: "15",
      ServerAliveCountMax: "2",
      StrictHostKeyChecking: "accept-new",
      ControlPath: "none",
      ForwardAgent: "no",
    });
  });

  it("shows a key made for this session alone, which is gone with it", async () => {
    using fake = fakeProgram("ssh");
    const opened = await openSession(createSsh(PINGGY, { env: fake.env() }));
    const [start] = fake.starts();

    await opened.session[Symbol.asyncDispose]();

    expect(start?.args.slice(0, 2)).toEqual(["-F", "none"]);
    expect(settings(start?.args)).toMatchObject({ IdentitiesOnly: "yes", IdentityAgent: "none" });
    expect(start?.key).toMatchObject({ mode: 0o600, text: expect.stringContaining("BEGIN EC PRIVATE KEY") });
    expect(existsSync(start?.key?.path ?? "")).toBe(false);
  });

  it("takes no nonsense for a URL", async () => {
    using fake = fakeProgram("ssh");
    const giveUp = new AbortController();
    const opening = openFault(createSsh(LOCALHOST_RUN, { env: fake.env("garbage") }), giveUp.signal);
    await vi.waitFor(() => expect(fake.starts()).toHaveLength(1), { timeout: 10_000 });

    giveUp.abort();

    expect(await opening).toMatchObject({ kind: "network", retryable: true });
    expect(isRunning(onlyPid(fake))).toBe(false);
  });

  it("leaves neither a process nor a key behind when opening is given up", async () => {
    using fake = fakeProgram("ssh");
    const giveUp = new AbortController();
    const opening = openFault(createSsh(PINGGY, { env: fake.env("silent") }), giveUp.signal);
    await vi.waitFor(() => expect(fake.starts()).toHaveLength(1), { timeout: 10_000 });

    giveUp.abort();
    const fault = await opening;

    expect(fault).toMatchObject({ kind: "network", message: expect.stringContaining("a.pinggy.io") });
    expect(isRunning(onlyPid(fake))).toBe(false);
    expect(existsSync(fake.starts()[0]?.key?.path ?? "")).toBe(false);
  });

  it.each(["open", "deaf"])("leaves no process behind when it is closed, also where that is %s", async (mode) => {
    using fake = fakeProgram("ssh");
    const opened = await openSession(createSsh(PINGGY, { env: fake.env(mode) }));
    const pid = onlyPid(fake);
    expect(isRunning(pid)).toBe(true);

    await opened.session[Symbol.asyncDispose]();

    expect(isRunning(pid)).toBe(false);
    expect(opened.changes).toEqual([]);
  });

  it("tells that it ended for good", async () => {
    using fake = fakeProgram("ssh");
    await using opened = await openSession(createSsh(PINGGY, { env: fake.env() }));

    process.kill(onlyPid(fake), "SIGUSR2");
    await vi.waitFor(() => expect(opened.changes).toHaveLength(1), { timeout: 10_000 });

    expect(opened.changes).toEqual([
      {
        kind: "down",
        isFinal: true,
        fault: {
          kind: "network",
          retryable: true,
          message: expect.stringContaining("Connection to a.pinggy.io closed by remote host."),
        },
      },
    ]);
  });
});

describe("a tunnel with ssh to a server of one's own", () => {
  it("is open at the URL of the server's proxy when the server agreed", async () => {
    using fake = fakeProgram("ssh");

    await using opened = await openSession(createSsh(OWN, { env: fake.env(), publicUrl: `${OWN_URL}/` }));

    expect(opened.session.url).toBe(OWN_URL);
    const { args } = fake.starts()[0] ?? { args: [] };
    expect(optionOf(args, "-R")).toBe(`8720:127.0.0.1:${PORT}`);
    expect(args).toContain("-N");
    expect(args).not.toContain("-F");
    expect(args).not.toContain("-i");
    expect(args.slice(-6)).toEqual(["-p", "2222", "-l", "me", "--", "server.example.com"]);
  });

  it.each([null, "hooks.example.com", "http://hooks.example.com", "https://me:pw@hooks.example.com"])(
    "needs a public URL, which %j is not",
    async (publicUrl) => {
      using fake = fakeProgram("ssh");
      const provider = createSsh(OWN, { env: fake.env(), publicUrl });

      expect(await provider.check()).toMatchObject({
        kind: "config",
        retryable: false,
        message: expect.stringMatching(/127\.0\.0\.1:8720.*--tunnel-host/),
      });
      expect(await openFault(provider)).toMatchObject({ kind: "config" });
      expect(fake.starts()).toEqual([]);
    },
  );

  it.each([
    { host: "-oProxyCommand=touch /tmp/owned", user: null },
    { host: "server.example.com", user: "-oProxyCommand=x" },
    { host: "$(id)", user: null },
    { host: "a b", user: null },
    { host: "", user: null },
    { host: "server.example.com", user: "me@elsewhere" },
  ])("refuses a host or user that ssh could read as something else: $host, $user", async (names) => {
    using fake = fakeProgram("ssh");
    const provider = createSsh({ ...OWN, ...names }, { env: fake.env(), publicUrl: OWN_URL });

    expect(await provider.check()).toMatchObject({ kind: "config", retryable: false });
    expect(await openFault(provider)).toMatchObject({ kind: "config" });
    expect(fake.starts()).toEqual([]);
  });

  it.each(["ssh://me@server.example.com", "ssh://[2001:db8::1]:2222", "ssh://192.0.2.1", "ssh://alias"])(
    "takes %s",
    async (text) => {
      using fake = fakeProgram("ssh");
      const choice = parseTunnelChoice(text);
      if (choice?.provider !== "ssh") throw new Error("It is no choice of ssh.");

      expect(await createSsh(choice, { env: fake.env(), publicUrl: OWN_URL }).check()).toBeNull();
    },
  );

  it.each([
    ["denied", "auth", false, "without asking for a password"],
    ["key-changed", "auth", false, 'ssh-keygen -R "[server.example.com]:2222"'],
    ["no-name", "network", true, "Could not resolve hostname"],
    ["refused", "network", true, "Connection refused"],
    ["not-forwarded", "name-taken", true, "port 8720"],
    ["port-taken", "unknown", true, "Could not request local forwarding"],
    ["old", "config", false, "Update OpenSSH"],
    ["mute", "relay", true, "ssh to server.example.com ended."],
  ])("names the reason of a failure: %s", async (mode, kind, retryable, words) => {
    using fake = fakeProgram("ssh");

    const fault = await openFault(createSsh(OWN, { env: fake.env(mode), publicUrl: OWN_URL }));

    expect(fault).toEqual({ kind, retryable, message: expect.stringContaining(words) });
    expect(isRunning(onlyPid(fake))).toBe(false);
  });

  it("says how to install what is missing", async () => {
    const provider = createSsh(OWN, { env: { PATH: "/nowhere" }, publicUrl: OWN_URL });

    expect(await provider.check()).toMatchObject({
      kind: "config",
      message: expect.stringContaining("OpenSSH client"),
    });
  });

  it("gives ssh none of our secrets", async () => {
    using fake = fakeProgram("ssh");
    const secrets = { APIVIDEO_API_KEY: "api-secret", NGROK_AUTHTOKEN: "ngrok-secret", TUNNEL_TOKEN: "cf-secret" };

    await using _ = await openSession(createSsh(OWN, { env: fake.env("open", secrets), publicUrl: OWN_URL }));

    expect(JSON.stringify(fake.starts())).not.toMatch(/-secret/);
  });
});

function optionOf(args: readonly string[], name: string): string | undefined {
  return args[args.indexOf(name) + 1];
}

/** The -o settings; the first of a name counts, as for ssh. */
function settings(args: readonly string[] = []): Record<string, string> {
  const given = args.flatMap((arg, index) => (args[index - 1] === "-o" ? [arg] : []));
  return Object.fromEntries(given.map((setting) => setting.split("=", 2)).reverse());
}
