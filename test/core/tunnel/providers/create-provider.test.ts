import { describe, expect, it } from "vitest";
import { createProvider, type ProviderOptions } from "#core/tunnel/providers/create-provider.ts";
import { parseTunnelChoice } from "#shared/domain/tunnel.ts";
import { fakeProgram } from "./fake-program.ts";
import { openSession } from "./open-session.ts";

describe("the way that a choice means", () => {
  it("is none where none is chosen", () => {
    expect(choose("none")).toBeNull();
  });

  it("is open at once at a URL of the user's own", async () => {
    await using opened = await openSession(mustChoose("https://hooks.example.com/"));

    expect(opened.session.url).toBe("https://hooks.example.com");
  });

  it("is a quick tunnel of cloudflared without a host, and a named one with it", async () => {
    using fake = fakeProgram("cloudflared");
    const env = fake.env("open", { TUNNEL_TOKEN: "the-token" });

    await using quick = await openSession(mustChoose("cloudflared", { env }));
    await using named = await openSession(mustChoose("cloudflared", { env, host: "https://hooks.example.com" }));

    expect(quick.session.url).toMatch(/\.trycloudflare\.com$/);
    expect(named.session.url).toBe("https://hooks.example.com");
    expect(fake.starts().map((start) => start.env["TUNNEL_TOKEN"])).toEqual([undefined, "the-token"]);
  });

  it("is ssh, with the host as the URL of an own server", async () => {
    using fake = fakeProgram("ssh");
    const options = { env: fake.env(), host: "https://hooks.example.com" };

    await using own = await openSession(mustChoose("ssh://me@server.example.com", options));
    await using preset = await openSession(mustChoose("localhost.run", { env: fake.env() }));

    expect(own.session.url).toBe("https://hooks.example.com");
    expect(preset.session.url).toBe("https://first.lhr.life");
  });

  it.each(["https://hooks.ngrok.app", "hooks.ngrok.app"])("is ngrok with %s for its domain", async (host) => {
    const domains: (string | undefined)[] = [];
    const ngrok = {
      async forward({ domain }: { domain?: string }) {
        domains.push(domain);
        return { url: () => `https://${domain}`, close: async () => {} };
      },
      disconnect: async () => {},
      listeners: async () => [],
    };

    await using opened = await openSession(
      mustChoose("ngrok", { host, env: { NGROK_AUTHTOKEN: "t" }, loadNgrok: async () => ngrok }),
    );

    expect(opened.session.url).toBe("https://hooks.ngrok.app");
    expect(domains).toEqual(["hooks.ngrok.app"]);
  });

  it("is localtunnel with the relay and the name", async () => {
    expect(await mustChoose("localtunnel", { host: "nonsense" }).check()).toMatchObject({ kind: "config" });
    expect(mustChoose("localtunnel", { host: "http://127.0.0.1:1234" }).relay).toEqual({
      host: "127.0.0.1",
      port: 1234,
    });
  });

  it("loads no package of ngrok's for another choice", async () => {
    for (const text of ["cloudflared", "pinggy", "localtunnel", "https://hooks.example.com"]) {
      expect(await mustChoose(text, { env: { PATH: "/nowhere" } }).check()).not.toMatchObject({ kind: "unknown" });
    }
  });
});

function choose(text: string, given: Partial<ProviderOptions> = {}) {
  const choice = parseTunnelChoice(text);
  if (choice === null) throw new Error(`${text} is no choice.`);
  return createProvider(choice, {
    host: null,
    subdomain: "calm-otter-tunnel",
    env: {},
    loadNgrok: () => Promise.reject(new Error("It was not asked for.")),
    ...given,
  });
}

function mustChoose(text: string, given: Partial<ProviderOptions> = {}) {
  const provider = choose(text, given);
  if (provider === null) throw new Error(`${text} is no way.`);
  return provider;
}
