import { describe, expect, it, vi } from "vitest";
import { createClient } from "#shared/contract/client.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import type { Client } from "#shared/contract/types.ts";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { type Child, CLI, startChild } from "../helpers/child.ts";
import { type Relay, startRelay } from "../helpers/relay.ts";
import { tempDir } from "../helpers/temp-dir.ts";

interface Running {
  readonly serve: Child;
  readonly client: Client;
  readonly publicUrl: string;
}

/** `serve` with the simulator and a tunnel through our relay, registered. */
async function start(dataDir: string, relay: Relay): Promise<Running> {
  const flags = ["--api", "simulator", "--tunnel", "localtunnel", "--tunnel-host", relay.url];
  const ports = ["--listener-port", "0", "--ui-port", "0"];
  const serve = await startChild([CLI, "serve", "--json", "--data-dir", dataDir, ...ports, ...flags]);
  const { uiUrl = "", token = "" } = serve.ready;
  const client = createClient(createHttpConnection({ find: () => ({ url: new URL(uiUrl).origin, token }), fetch }));
  return { serve, client, publicUrl: await registered(client) };
}

/** Waits for a registration at another URL than `not`, and gives the tunnel's. */
async function registered(client: Client, not = ""): Promise<string> {
  return vi.waitFor(
    async () => {
      const { registration, tunnel } = await client.call("app.snapshot", {});
      expect(registration.phase).toBe("registered");
      expect(tunnel.url).not.toBe(not);
      expect(registration.url?.startsWith(tunnel.url ?? "?")).toBe(true);
      return tunnel.url ?? "";
    },
    { timeout: 15_000, interval: 50 },
  );
}

async function untilPhase(client: Client, phase: string): Promise<void> {
  const look = async () => expect((await client.call("app.snapshot", {})).tunnel.phase).toBe(phase);
  await vi.waitFor(look, { timeout: 15_000, interval: 50 });
}

describe("a tunnel that breaks, with real processes", () => {
  it("loses nothing that its sender tries again: the next try comes in at the same URL", async () => {
    using dir = tempDir();
    await using relay = await startRelay();
    const { serve, client, publicUrl } = await start(dir.path, relay);
    await using _ = serve;

    await relay.kill();
    await untilPhase(client, "reconnecting");
    await uploadVideo(serve.ready["simulatorUrl"] ?? "");
    // The first try has failed when the simulator says so.
    await vi.waitFor(() => expect(serve.stderr()).toContain("simulator.delivery_failed"), { timeout: 15_000 });
    await relay.restart();

    await vi.waitFor(
      async () => {
        const { items } = await client.call("deliveries.list", {});
        expect(items.length).toBeGreaterThan(0);
        expect(items.every(({ verification }) => verification.state === "verified")).toBe(true);
      },
      { timeout: 15_000 },
    );
    expect((await client.call("app.snapshot", {})).tunnel.url).toBe(publicUrl);
  });

  it("takes a new URL where somebody else has its name, and registers and verifies with the new secret", async () => {
    using dir = tempDir();
    await using relay = await startRelay();
    const { serve, client, publicUrl } = await start(dir.path, relay);
    await using _ = serve;
    const before = (await client.call("app.snapshot", {})).registration.webhookId;

    await relay.kill();
    for (const name of relay.names()) relay.faults.taken.add(name);
    await relay.restart();
    await vi.waitFor(
      async () => expect((await client.call("app.snapshot", {})).tunnel.fault?.kind).toBe("name-taken"),
      { timeout: 15_000, interval: 20 },
    );
    // By hand, because by itself it waits a minute for the old name.
    await client.call("tunnel.open", {});
    await registered(client, publicUrl);

    const { ids } = await client.call("simulator.trigger", { type: "video.caption.generated", via: "public-url" });
    const delivery = await client.call("deliveries.get", { id: ids[0] ?? "" });
    expect(delivery).toMatchObject({ verification: { state: "verified" } });
    expect(delivery.webhookId).not.toBe(before);
    expect((await client.call("webhooks.list", {})).webhooks).toHaveLength(1);
  });

  it("is open again after a sleep through which the relay was gone", async () => {
    using dir = tempDir();
    await using relay = await startRelay();
    const { serve, publicUrl } = await start(dir.path, relay);
    await using _ = serve;

    serve.process.kill("SIGSTOP");
    await relay.kill();
    await relay.restart();
    serve.process.kill("SIGCONT");

    await vi.waitFor(async () => expect((await sendDelivery(publicUrl)).status).toBe(202), { timeout: 15_000 });
  });

  it("keeps 200 deliveries that come at once, each of them once", async () => {
    using dir = tempDir();
    await using relay = await startRelay();
    const { serve, client, publicUrl } = await start(dir.path, relay);
    await using _ = serve;

    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        return (await sendDelivery(publicUrl, { body: encodingEvent({ videoId: `vi${n}` }) })).status;
      }),
    );

    expect(new Set(statuses)).toEqual(new Set([202]));
    const { items, total } = await client.call("deliveries.list", { limit: 500 });
    expect(total).toBe(200);
    expect(new Set(items.map(({ subject }) => subject.videoId)).size).toBe(200);
  });
});

async function uploadVideo(simulatorUrl: string): Promise<void> {
  const headers = { Authorization: `Basic ${Buffer.from("simulator:").toString("base64")}` };
  const made = await fetch(`${simulatorUrl}/videos`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ title: "journey" }),
  });
  // The simulator answers with a video, as documented.
  const { videoId } = (await made.json()) as { videoId: string };
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(1_000)]), "clip.mp4");
  await fetch(`${simulatorUrl}/videos/${videoId}/source`, { method: "POST", headers, body: form });
}
