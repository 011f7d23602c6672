import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Fault } from "#shared/domain/fault.ts";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { resultsOf, run } from "../helpers/runs.ts";
import { type StartedEngine, startEngine } from "../helpers/start-engine.ts";

const HANDLERS = join(import.meta.dirname, "../../docs/walk-through");
const SECRET = "sig_sec_TestVector0000000000001";
const TWICE = { kind: "duplicate", times: 2, every: 1 } as const satisfies Fault;
const REWRITTEN = { kind: "reserialise", every: 1 } as const satisfies Fault;

/** Valid JSON of api.video's own server may escape what JavaScript's does not: é here. Parsed and written again, it is other bytes. */
const ESCAPED = '{"type":"video.caption.generated","emittedAt":"2026-07-01T09:30:15Z","title":"caf\\u00e9"}';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  return address.port;
}

/** One of the handlers of the walk-through, as a developer starts it. */
async function startHandler(file: string, port: number): Promise<AsyncDisposable> {
  const env = { ...process.env, PORT: String(port), APIVIDEO_WEBHOOK_SECRET: SECRET };
  const child = spawn(process.execPath, [join(HANDLERS, file)], { env, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return {
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, "exit");
    },
  };
}

/** Three renditions, one of them of a size that the handlers do not know, and a caption. */
async function captureEvents({ client, engine }: StartedEngine): Promise<void> {
  await client.call("secrets.set", { kind: "webhook", webhookId: "webhook_1", value: SECRET });
  const bodies = [
    ...["720p", "1080p", "2160p"].map((quality) => encodingEvent({ quality })),
    encodingEvent({ type: "video.caption.generated" }),
  ];
  for (const body of bodies) {
    await sendDelivery(`${engine.listenerUrl}/webhooks`, { webhookId: "webhook_1", secret: SECRET, body });
  }
}

/** `d1.2 500`: the second sending of d1 was answered 500. */
async function answersOf(started: StartedEngine, id: string): Promise<string[]> {
  const results = await resultsOf(started, id);
  return results.map(({ deliveryId, copy, status }) => `${deliveryId}.${copy} ${status}`);
}

async function fixedIn(started: StartedEngine, id: string): Promise<string[]> {
  const results = await resultsOf(started, id);
  return results.filter(({ verdict }) => verdict === "fixed").map(({ deliveryId, copy }) => `${deliveryId}.${copy}`);
}

describe("a handler with three bugs", () => {
  it("is found out by what was captured, and mended bug by bug, each verdict naming what that fixed", async () => {
    await using started = await startEngine({ connect: false });
    await captureEvents(started);
    const port = await freePort();
    const target = `http://127.0.0.1:${port}`;
    const replay = (fault: Fault) => run(started, { query: "", target, fault });

    {
      await using _ = await startHandler("handler-0-three-bugs.js", port);
      const { deliveryId, outcome } = await started.client.call("replay.send", {
        ...{ id: "d4", target, edits: { body: ESCAPED }, sign: "webhook" },
      });
      expect({ deliveryId, outcome }).toMatchObject({ deliveryId: "d5", outcome: { status: 401 } });
      const twice = await replay(TWICE);
      expect(await answersOf(started, twice.id)).toEqual([
        ...["d1.1 204", "d1.2 500", "d2.1 204", "d2.2 500", "d3.1 500", "d3.2 500"],
        ...["d4.1 204", "d4.2 204", "d5.1 401", "d5.2 401"],
      ]);
      expect(twice.tally.expected).toBe(4);
    }
    {
      // It has seen nothing yet, so that only the signature counts: what was written anew is taken for genuine.
      await using _ = await startHandler("handler-0-three-bugs.js", port);
      const rewritten = await replay(REWRITTEN);
      expect(await answersOf(started, rewritten.id)).toEqual([
        "d1.1 204",
        "d2.1 204",
        "d3.1 500",
        "d4.1 204",
        "d5.1 401",
      ]);
      expect(rewritten.tally.expected).toBe(1);
    }
    {
      await using _ = await startHandler("handler-1-exact-bytes.js", port);
      const twice = await replay(TWICE);
      expect(await fixedIn(started, twice.id)).toEqual(["d5.1", "d5.2"]);
      const rewritten = await replay(REWRITTEN);
      expect(await fixedIn(started, rewritten.id)).toEqual(["d1.1", "d2.1", "d3.1", "d4.1"]);
      expect(rewritten.tally.expected).toBe(5);
    }
    {
      await using _ = await startHandler("handler-2-idempotent.js", port);
      expect(await fixedIn(started, (await replay(TWICE)).id)).toEqual(["d1.2", "d2.2"]);
    }
    {
      await using _ = await startHandler("handler-3-unknown-rendition.js", port);
      const last = await replay(TWICE);
      expect(await fixedIn(started, last.id)).toEqual(["d3.1", "d3.2"]);
      expect(last.tally).toMatchObject({ accepted: 10, expected: 10, regressed: 0 });
    }
  });
});
