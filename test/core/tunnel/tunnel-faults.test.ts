import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { createLocaltunnel } from "#core/tunnel/providers/localtunnel.ts";
import type { TunnelFault, TunnelPhase } from "#shared/domain/tunnel.ts";
import { type RelayFaults, startRelay } from "../../helpers/relay.ts";
import { LOCALTUNNEL, SUBDOMAIN, tunnelFixture } from "./tunnel-fixture.ts";

describe("a tunnel that cannot be opened", () => {
  it.each<[RelayFaults["answer"], TunnelPhase, TunnelFault["kind"], RegExp]>([
    ["forbidden", "closed", "relay", /refused to open a tunnel \(status 403: “Not for you\.”\)/],
    ["error", "reconnecting", "relay", /in trouble \(status 500: “Out of order\.”\)/],
    ["html", "closed", "relay", /does not answer like a localtunnel relay: it sent a web page/],
    ["nonsense", "closed", "relay", /does not answer like a localtunnel relay: its answer does not describe a tunnel/],
  ])("says so when the relay answers %s, and is then %s", async (answer, phase, kind, message) => {
    await using fixture = await tunnelFixture();
    fixture.relay.faults.answer = answer;

    const state = await fixture.tunnel.open(LOCALTUNNEL, fixture.options);

    expect(state).toMatchObject({ provider: "localtunnel", phase, url: null, fault: { kind } });
    expect(state.fault?.message).toMatch(message);
  });

  it("says that the relay cannot be reached when nothing is there", async () => {
    await using fixture = await tunnelFixture();
    await fixture.relay.kill();

    const state = await fixture.tunnel.open(LOCALTUNNEL, fixture.options);

    expect(state.phase).toBe("reconnecting");
    expect(state.fault).toMatchObject({ kind: "network", retryable: true });
    expect(state.fault?.message).toContain("cannot be reached (ECONNREFUSED)");
  });

  it("says that a relay with a certificate of its own making cannot be trusted", async () => {
    const pem = readFileSync(new URL("../../fixtures/self-signed-localhost.pem", import.meta.url));
    const server = createServer({ key: pem, cert: pem }, (_request, response) => response.end("{}"));
    server.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    await using fixture = await tunnelFixture();
    // A server that listens on a TCP port has such an address.
    const host = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const state = await fixture.tunnel.open(LOCALTUNNEL, { ...fixture.options, host });
    server.close();

    expect(state).toMatchObject({ phase: "closed", fault: { kind: "config" } });
    expect(state.fault?.message).toContain("certificate");
  });

  it("says that a relay's name leads nowhere, and goes on trying", async () => {
    await using fixture = await tunnelFixture();

    const state = await fixture.tunnel.open(LOCALTUNNEL, { ...fixture.options, host: "https://relay.invalid" });

    expect(state).toMatchObject({ phase: "reconnecting", fault: { kind: "network", retryable: true } });
    expect(state.fault?.message).toContain("relay.invalid");
  });

  it("stops asking, although the client of localtunnel would ask again each second", async () => {
    await using relay = await startRelay();
    const provider = createLocaltunnel({ host: relay.url, subdomain: SUBDOMAIN });
    relay.faults.answer = "error";
    await provider.open(1, AbortSignal.timeout(5_000), () => {});

    // One more question, which takes longer than the second after which the first would be repeated.
    relay.faults.answer = "silent";
    await provider.open(1, AbortSignal.timeout(1_500), () => {});

    expect(relay.asked).toBe(2);
  });

  it("says that the name is taken when the relay refuses it for that", async () => {
    await using fixture = await tunnelFixture();
    fixture.relay.faults.taken.add(SUBDOMAIN);
    fixture.relay.faults.refuseTaken = true;

    const state = await fixture.tunnel.open(LOCALTUNNEL, fixture.options);

    expect(state.fault).toMatchObject({ kind: "name-taken", retryable: true });
  });

  it("gives up at its deadline when the relay never answers", async () => {
    await using fixture = await tunnelFixture({ openTimeoutMs: 400 });
    fixture.relay.faults.answer = "silent";

    const state = await fixture.tunnel.open(LOCALTUNNEL, fixture.options);

    expect(state.phase).toBe("reconnecting");
    expect(state.fault?.message).toContain("did not answer in time");
  });

  it.each(["", "a b", "-otter", "otter-", "Otter", "abc", "../etc", "x".repeat(64)])(
    "refuses the name %j without asking the relay",
    async (subdomain) => {
      await using fixture = await tunnelFixture();

      const state = await fixture.tunnel.open(LOCALTUNNEL, { ...fixture.options, subdomain });

      expect(state.fault).toMatchObject({ kind: "config", retryable: false });
      expect(fixture.relay.asked).toBe(0);
    },
  );

  it.each(["", "relay.example.com", "ftp://127.0.0.1", "http://user:pw@127.0.0.1", "http://127.0.0.1/?x=1"])(
    "refuses %j as the address of a relay",
    async (host) => {
      await using fixture = await tunnelFixture();

      const state = await fixture.tunnel.open(LOCALTUNNEL, { host, subdomain: SUBDOMAIN });

      expect(state.fault).toMatchObject({ kind: "config", retryable: false });
    },
  );
});

describe("an open that is not wanted any more", () => {
  it("gives way to a newer open", async () => {
    await using fixture = await tunnelFixture();
    const { relay, tunnel, options } = fixture;
    relay.faults.answer = "silent";
    const older = tunnel.open(LOCALTUNNEL, options);
    await vi.waitFor(() => expect(relay.asked).toBe(1), { timeout: 10_000 });
    relay.faults.answer = "ok";

    const [, newer] = await Promise.all([older, tunnel.open(LOCALTUNNEL, { ...options, subdomain: "another-name" })]);

    expect(newer.phase).toBe("open");
    expect(tunnel.state).toEqual(newer);
    expect(relay.connections("another-name")).toBeGreaterThan(0);
  });

  it("gives way to a close, also right after it began", async () => {
    await using fixture = await tunnelFixture();
    const { relay, tunnel, options } = fixture;

    const opening = tunnel.open(LOCALTUNNEL, options);
    const closed = await tunnel.close();
    await opening;

    expect(closed).toEqual({ provider: "localtunnel", phase: "closed", url: null });
    expect(tunnel.state).toEqual(closed);
    await vi.waitFor(() => expect(relay.connections(SUBDOMAIN)).toBe(0), { timeout: 10_000 });
  });

  it.each([
    ["a relay that never answers, abandoned", "silent", "abandon"],
    ["a relay that is in trouble", "error", "await"],
    ["an open tunnel, closed", "ok", "await"],
    ["an open tunnel, forgotten", "ok", "forget"],
  ] as const)("keeps no process alive: %s", async (_what, answer, ending) => {
    await using fixture = await tunnelFixture();
    fixture.relay.faults.answer = answer;

    const script = fileURLToPath(new URL("./open-and-end.ts", import.meta.url));
    const child = spawn(process.execPath, [script, fixture.relay.url, ending], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    const deadline = setTimeout(() => child.kill("SIGKILL"), 10_000);
    const [code, signal] = await new Promise<unknown[]>((resolve) => child.once("close", (...ended) => resolve(ended)));
    clearTimeout(deadline);

    expect({ code, signal, output }).toEqual({ code: 0, signal: null, output: "reached the end\n" });
  });
});
