import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { createCloudflared } from "#core/tunnel/providers/cloudflared.ts";
import { type FakeProgram, fakeProgram, isRunning, onlyPid } from "./fake-program.ts";
import { openFault, openSession, PORT } from "./open-session.ts";

const QUICK_URL = "https://calm-otter-runs.trycloudflare.com";
const TOKEN = "eyJhIjoic2VjcmV0In0=";

describe("a quick tunnel with cloudflared", () => {
  it("opens at the URL that it is given, and leads to the listener alone", async () => {
    using fake = fakeProgram("cloudflared");

    await using opened = await openSession(quick(fake.env()));

    expect(opened.session).toMatchObject({ url: QUICK_URL, isRenamed: false });
    expect(fake.starts()[0]?.args).toEqual([
      "tunnel",
      "--no-autoupdate",
      "--config",
      devNull,
      "--metrics",
      expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      "--url",
      `http://127.0.0.1:${PORT}`,
    ]);
  });

  it.each(["unannounced", "old", "noisy"])("finds the URL where cloudflared is %s", async (mode) => {
    using fake = fakeProgram("cloudflared");

    await using opened = await openSession(quick(fake.env(mode)));

    expect(opened.session.url).toBe(QUICK_URL);
  });

  it("tells when its connections are lost and when they are back", async () => {
    using fake = fakeProgram("cloudflared");
    await using opened = await openSession(quick(fake.env()));

    await fetch(`${metricsUrl(fake)}/set?ready=0`);
    await vi.waitFor(() => expect(opened.changes).toHaveLength(1), { timeout: 10_000 });
    await fetch(`${metricsUrl(fake)}/set?ready=1`);
    await vi.waitFor(() => expect(opened.changes).toHaveLength(2), { timeout: 10_000 });

    expect(opened.changes).toEqual([
      { kind: "down", isFinal: false, fault: expect.objectContaining({ kind: "network", retryable: true }) },
      { kind: "up", url: QUICK_URL },
    ]);
  });

  it("tells that it ended for good, with its last words", async () => {
    using fake = fakeProgram("cloudflared");
    await using opened = await openSession(quick(fake.env()));

    await fetch(`${metricsUrl(fake)}/end`);
    await vi.waitFor(() => expect(opened.changes.at(-1)).toMatchObject({ kind: "down", isFinal: true }), {
      timeout: 10_000,
    });

    expect(opened.changes.at(-1)).toMatchObject({ fault: { message: expect.stringContaining("Tunnel not found") } });
  });

  it.each(["open", "deaf"])("leaves no process behind when it is closed, also where that is %s", async (mode) => {
    using fake = fakeProgram("cloudflared");
    const opened = await openSession(quick(fake.env(mode)));
    const pid = onlyPid(fake);
    expect(isRunning(pid)).toBe(true);

    await opened.session[Symbol.asyncDispose]();

    expect(isRunning(pid)).toBe(false);
    expect(opened.changes).toEqual([]);
  });

  it.each(["silent", "never-ready"])("leaves no process behind when opening is given up on a %s one", async (mode) => {
    using fake = fakeProgram("cloudflared");
    const giveUp = new AbortController();
    const opening = openFault(quick(fake.env(mode)), giveUp.signal);
    await vi.waitFor(() => expect(fake.starts()).toHaveLength(1), { timeout: 10_000 });

    giveUp.abort();
    const fault = await opening;

    expect(fault).toMatchObject({ kind: "relay", retryable: true, message: expect.stringContaining("in time") });
    expect(isRunning(onlyPid(fake))).toBe(false);
  });

  it("starts nothing that stays when it is given up before it began", async () => {
    using fake = fakeProgram("cloudflared");

    await openFault(quick(fake.env()), AbortSignal.abort());

    for (const { pid } of fake.starts()) expect(isRunning(pid)).toBe(false);
  });

  it("waits at least a minute where Cloudflare's limit is reached", async () => {
    using fake = fakeProgram("cloudflared");

    const fault = await openFault(quick(fake.env("rate-limited")));

    expect(fault).toMatchObject({ kind: "rate-limit", retryable: true, retryAfterMs: 60_000 });
  });

  it("takes no URL of an error for that of the tunnel", async () => {
    using fake = fakeProgram("cloudflared");

    const fault = await openFault(quick(fake.env("offline")));

    expect(fault).toMatchObject({ kind: "network", retryable: true, message: expect.stringContaining("no such host") });
  });

  it("shows words fit to be shown where the output is garbage", async () => {
    using fake = fakeProgram("cloudflared");

    const { message, retryable } = await openFault(quick(fake.env("garbage")));

    expect(message).toContain("broken beyond repair xxx");
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message.length).toBeLessThan(500);
    expect(retryable).toBe(true);
  });

  it("opens where the user has a configuration for cloudflared of another purpose", async () => {
    using fake = fakeProgram("cloudflared");
    mkdirSync(join(fake.folder, ".cloudflared"));
    writeFileSync(
      join(fake.folder, ".cloudflared/config.yml"),
      "tunnel: 6ff42ae2\ningress:\n  - service: http_status:404\n",
    );

    expect(await quick(fake.env()).check()).toBeNull();
    await using opened = await openSession(quick(fake.env()));

    expect(opened.session.url).toBe(QUICK_URL);
  });

  it("passes on nothing that would make it another tunnel, nor any secret of ours", async () => {
    using fake = fakeProgram("cloudflared");
    const env = fake.env("open", {
      TUNNEL_TOKEN: TOKEN,
      TUNNEL_HOSTNAME: "old.example.com",
      TUNNEL_TRANSPORT_PROTOCOL: "http2",
      NGROK_AUTHTOKEN: "ngrok-secret",
      APIVIDEO_API_KEY: "api-secret",
    });

    await using _ = await openSession(createCloudflared({ env, namedHost: null, token: TOKEN }));

    const passed = fake.starts()[0]?.env ?? {};
    expect(Object.keys(passed).filter((name) => /^(TUNNEL|NGROK|APIVIDEO)/.test(name))).toEqual([
      "TUNNEL_TRANSPORT_PROTOCOL",
    ]);
  });

  it("says how to install what is missing", async () => {
    const provider = quick({ PATH: "/nowhere:.:" });

    const [checked, fault] = [await provider.check(), await openFault(provider)];

    expect(checked).toEqual({
      kind: "config",
      retryable: false,
      message: expect.stringMatching(/cloudflared was not found.*developers\.cloudflare\.com/),
    });
    expect(fault).toEqual(checked);
  });
});

describe("a named tunnel with cloudflared", () => {
  it("is at its own URL, with the token nowhere but in the environment of its process", async () => {
    using fake = fakeProgram("cloudflared");

    await using opened = await openSession(named(fake.env()));

    expect(opened.session.url).toBe("https://hooks.example.com");
    const start = fake.starts()[0];
    expect(start?.args.slice(-3)).toEqual(["run", "--url", `http://127.0.0.1:${PORT}`]);
    expect(start?.args.join(" ")).not.toContain(TOKEN);
    expect(start?.env["TUNNEL_TOKEN"]).toBe(TOKEN);
  });

  it("is not tried again with a token that is refused", async () => {
    using fake = fakeProgram("cloudflared");

    const fault = await openFault(named(fake.env("bad-token")));

    expect(fault).toMatchObject({
      kind: "auth",
      retryable: false,
      message: expect.stringContaining("Provided Tunnel token is not valid"),
    });
  });

  it("repeats no token that the program prints", async () => {
    using fake = fakeProgram("cloudflared");

    const { message } = await openFault(named(fake.env("echoes-token")));

    expect(message).toContain("token=…");
    expect(message).not.toContain(TOKEN);
  });

  it.each(["http://hooks.example.com", "hooks.example.com", "https://hooks.example.com/path", "--url", ""])(
    "refuses %j for a URL",
    async (namedHost) => {
      using fake = fakeProgram("cloudflared");

      const fault = await createCloudflared({ env: fake.env(), namedHost, token: TOKEN }).check();

      expect(fault).toMatchObject({ kind: "config", retryable: false });
    },
  );

  it("asks for the token that is missing", async () => {
    using fake = fakeProgram("cloudflared");
    const provider = createCloudflared({ env: fake.env(), namedHost: "https://hooks.example.com", token: undefined });

    expect(await provider.check()).toMatchObject({ kind: "auth", message: expect.stringContaining("TUNNEL_TOKEN") });
    expect(await openFault(provider)).toMatchObject({ kind: "auth", retryable: false });
    expect(fake.starts()).toEqual([]);
  });
});

function quick(env: NodeJS.ProcessEnv) {
  return createCloudflared({ env, namedHost: null, token: undefined, pollMs: 20 });
}

function named(env: NodeJS.ProcessEnv) {
  return createCloudflared({ env, namedHost: "https://hooks.example.com/", token: TOKEN, pollMs: 20 });
}

function metricsUrl(fake: FakeProgram): string {
  const args = fake.starts()[0]?.args ?? [];
  return `http://${args[args.indexOf("--metrics") + 1]}`;
}
