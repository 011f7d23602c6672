import { expect, it, vi } from "vitest";
import type { TunnelProvider } from "#core/tunnel/providers/provider.ts";
import { createSessions } from "#core/tunnel/sessions.ts";
import { createTunnel } from "#core/tunnel/tunnel.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { tunnelDeps } from "./tunnel-deps.ts";
import { LOCALTUNNEL } from "./tunnel-fixture.ts";

/** A provider whose sessions never end. */
const ENDLESS: TunnelProvider = {
  check: async () => null,
  open: async () => ({
    kind: "open",
    session: { url: "https://otter.example", isRenamed: false, [Symbol.asyncDispose]: () => new Promise(() => {}) },
  }),
};

it("opens the next session also where the one before does not end", async () => {
  const opened: number[] = [];
  const log = silentLog();
  const sessions = createSessions({
    log,
    port: () => 1,
    openTimeoutMs: 10_000,
    closeTimeoutMs: 50,
    onOpened: (epoch) => opened.push(epoch),
    onFailed() {},
    onChange() {},
  });

  sessions.open(1, ENDLESS);
  await vi.waitFor(() => expect(opened).toEqual([1]), { timeout: 10_000 });
  sessions.close(1);
  sessions.open(2, ENDLESS);

  await vi.waitFor(() => expect(opened).toEqual([1, 2]), { timeout: 10_000 });
  expect(log.lines.some((line) => line.startsWith("warn tunnel.not_closed"))).toBe(true);
});

it("opens nothing any more once the tunnel is disposed of, and says so at once", async () => {
  const tunnel = createTunnel(tunnelDeps(() => 1));
  await tunnel[Symbol.asyncDispose]();

  const state = await tunnel.open(LOCALTUNNEL, { host: null, subdomain: "calm-otter-tunnel" });

  expect(state.phase).toBe("idle");
  expect(await tunnel.prove()).toEqual(state);
});
