import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTunnelChoice } from "#shared/domain/tunnel.ts";

describe("the text of --tunnel", () => {
  it.each([
    ["none", { provider: "none" }],
    ["localtunnel", { provider: "localtunnel" }],
    ["cloudflared", { provider: "cloudflared" }],
    ["ngrok", { provider: "ngrok" }],
    ["pinggy", { provider: "ssh", preset: "pinggy" }],
    ["localhost.run", { provider: "ssh", preset: "localhost.run" }],
    ["ssh://me@example.com", { provider: "ssh", user: "me", host: "example.com", port: 22 }],
    ["ssh://example.com:2222", { provider: "ssh", user: null, host: "example.com", port: 2222 }],
    ["ssh://me@[::1]:22", { provider: "ssh", user: "me", host: "::1", port: 22 }],
    ["https://hooks.example.com/", { provider: "manual", url: "https://hooks.example.com" }],
    ["http://127.0.0.1:8080", { provider: "manual", url: "http://127.0.0.1:8080" }],
  ])("%s", (text, choice) => {
    expect(parseTunnelChoice(text)).toEqual(choice);
  });

  it.each([
    "",
    "tunnel",
    "http://example.com",
    "https://user:pw@example.com",
    "ftp://example.com",
    "ssh://",
    "ssh://-oProxyCommand=x@example.com",
    "ssh://me@-oProxyCommand=x",
    "ssh://me:pw@example.com",
    "ssh://me@example.com/path",
    "ssh://me@example.com?x",
  ])("refuses %j", (text) => {
    expect(parseTunnelChoice(text)).toBeNull();
  });

  it("never gives ssh a user or host that it could read as an option", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (user, host) => {
        const choice = parseTunnelChoice(`ssh://${user}@${host}`);
        if (choice === null || choice.provider !== "ssh" || "preset" in choice) return;
        expect(choice.host).not.toMatch(/^-|\s/);
        expect(choice.user ?? "").not.toMatch(/^-|\s/);
      }),
    );
  });
});
