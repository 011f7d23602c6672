import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { describe, expect, it, vi } from "vitest";
import type { Client } from "#shared/contract/types.ts";
import type { AnswerRule } from "#shared/domain/answer-rule.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { type RawTargetOptions, startRawTarget } from "./replay/raw-target.ts";
import { startTestSimulator } from "./simulator/start-test-simulator.ts";

/** An engine that relays to a raw target. */
async function relaying(options: RawTargetOptions, relayDeadlineMs = 5_000) {
  const target = await startRawTarget(options);
  const started = await startEngine({ connect: false });
  await started.client.call("settings.update", { answerMode: "relay", forwardTo: target.url, relayDeadlineMs });
  return {
    ...started,
    target,
    async [Symbol.asyncDispose]() {
      await target[Symbol.asyncDispose]();
      await started[Symbol.asyncDispose]();
    },
  };
}

const rule = (change: Partial<AnswerRule> = {}): AnswerRule => ({
  name: "Busy",
  query: "",
  status: 503,
  body: "",
  delayMs: 0,
  ...change,
});

const answeredOf = async (client: Client, id: string) => (await client.call("deliveries.get", { id })).answered;

describe("relay", () => {
  it("gives the sender what the developer's server answers, and forwards once", async () => {
    await using lab = await relaying({
      onRequest: (socket) =>
        socket.end(
          "HTTP/1.1 503 Later\r\nRetry-After: 7\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: close, X-Own\r\nX-Own: 1\r\nContent-Length: 4\r\n\r\nbusy",
        ),
    });

    const response = await sendDelivery(`${lab.engine.listenerUrl}/hook`, {});

    expect([response.status, await response.text()]).toEqual([503, "busy"]);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("x-own")).toBeNull();
    await vi.waitFor(async () => {
      expect(await answeredOf(lab.client, "d1")).toMatchObject({ status: 503, by: { kind: "relay" } });
    });
    const { attempts } = await lab.client.call("deliveries.get", { id: "d1" });
    expect(attempts).toMatchObject([{ kind: "forward", outcome: { status: 503 } }]);
    expect(lab.target.requests).toHaveLength(1);
    const names = lab.events.map(({ name }) => name).filter((name) => name.startsWith("delivery."));
    expect(names[0]).toBe("delivery.received");
    expect(names).toContain("delivery.updated");
  });

  it.each([
    ["the connection is closed without an answer", (socket) => socket.destroy(), 502],
    ["the answer is garbage", (socket) => socket.end("hello\r\n\r\n"), 502],
    [
      "the answer breaks off",
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        setImmediate(() => socket.destroy());
      },
      502,
    ],
    [
      "a redirect is a redirect",
      (socket) => socket.end("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
      302,
    ],
    ["there is no body to have", (socket) => socket.end("HTTP/1.1 204 No Content\r\n\r\n"), 204],
    [
      "the connection leaves HTTP",
      (socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
      502,
    ],
  ] satisfies [string, NonNullable<RawTargetOptions["onRequest"]>, number][])(
    "where %s",
    async (_, onRequest, status) => {
      await using lab = await relaying({ onRequest });

      const response = await fetch(lab.engine.listenerUrl, { method: "POST", body: "{}", redirect: "manual" });

      expect(response.status).toBe(status);
      expect((await response.text()).split("\n").length).toBeLessThanOrEqual(2);
    },
  );

  it("is a 502 where nobody listens", async () => {
    await using started = await startEngine({ connect: false });
    const gone = await startReceiver();
    await gone[Symbol.asyncDispose]();
    await started.client.call("settings.update", { answerMode: "relay", forwardTo: gone.url });

    expect((await sendDelivery(started.engine.listenerUrl, {})).status).toBe(502);
  });

  it("is a 504 at the deadline; what the server says later is an attempt all the same", async () => {
    let answer = () => {};
    await using lab = await relaying(
      {
        onRequest(socket) {
          answer = () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        },
      },
      100,
    );

    const response = await sendDelivery(lab.engine.listenerUrl, {});
    await vi.waitFor(() => expect(lab.target.requests).toHaveLength(1));
    answer();

    expect(response.status).toBe(504);
    await vi.waitFor(async () => {
      const { attempts, answered } = await lab.client.call("deliveries.get", { id: "d1" });
      expect(attempts).toMatchObject([{ outcome: { status: 200 } }]);
      expect(answered).toMatchObject({ status: 504, by: { kind: "relay" } });
    });
    expect(lab.target.requests).toHaveLength(1);
  });

  it("passes on the status alone where the body is larger than what is kept", async () => {
    const body = Buffer.alloc(1024 * 1024 + 1, 65);
    await using lab = await relaying({
      onRequest: (socket) => socket.end(`HTTP/1.1 400 Bad\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
    });

    const response = await sendDelivery(lab.engine.listenerUrl, {});

    expect([response.status, await response.text()]).toEqual([400, ""]);
  });

  it("lets the first target of a route answer, and the others get the delivery too", async () => {
    await using first = await startReceiver();
    await using second = await startReceiver();
    first.status = 418;
    await using started = await startEngine({ connect: false });
    const targets = [first, second].map(({ url }, n) => ({ name: `t${n}`, url, headers: [] }));
    const routes = [{ name: "Both", query: "", targets: ["t0", "t1"] }];
    await started.client.call("settings.update", { answerMode: "relay", targets, routes });

    expect((await sendDelivery(started.engine.listenerUrl, {})).status).toBe(418);
    await vi.waitFor(() => expect(second.requests).toHaveLength(1));
  });

  it("accepts what goes to no target", async () => {
    await using started = await startEngine({ connect: false });
    await started.client.call("settings.update", { answerMode: "relay" });

    expect((await sendDelivery(started.engine.listenerUrl, {})).status).toBe(202);
    await vi.waitFor(async () => expect(await answeredOf(started.client, "d1")).toMatchObject({ status: 202 }));
    expect(await answeredOf(started.client, "d1")).not.toHaveProperty("by");
  });

  it("tells strangers nothing of the developer's server: only a proven signature, or this machine, hears its answer", async () => {
    await using receiver = await startReceiver();
    receiver.status = 418;
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await client.call("settings.update", { answerMode: "relay", forwardTo: receiver.url });
    await client.call("secrets.set", { kind: "webhook", webhookId: "wh", value: "s" });

    const ask = (headers: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(engine.listenerUrl).port), "127.0.0.1");
        socket.on("data", (data) => {
          socket.destroy();
          resolve(data.toString("latin1").slice(9, 12));
        });
        socket.write(`POST / HTTP/1.1\r\n${headers}Content-Length: 2\r\n\r\n{}`);
      });
    const signature = createHmac("sha256", "s").update("{}").digest("hex");
    const stranger = "Host: calm-otter.tunnel.example\r\n";

    expect(await ask(stranger)).toBe("202");
    expect(await ask("")).toBe("202");
    expect(await ask(`Host: localhost\r\n${stranger}`)).toBe("202");
    expect(await ask(`${stranger}X-Api-Video-Signature: ${signature}\r\nX-Api-Video-WebhookID: wh\r\n`)).toBe("418");
    expect(await ask("Host: localhost:4747\r\n")).toBe("418");
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(5));
  });

  it("leaves what is not whole to the answers it always had", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await started.client.call("settings.update", { answerMode: "relay", forwardTo: receiver.url });

    const response = await sendDelivery(started.engine.listenerUrl, { body: Buffer.alloc(11 * 1024 * 1024) });

    expect(response.status).toBe(413);
    expect(receiver.requests).toEqual([]);
  });

  it("does not keep the app from ending", async () => {
    await using receiver = await startReceiver();
    receiver.hold();
    const started = await startEngine({ connect: false });
    await started.client.call("settings.update", { answerMode: "relay", forwardTo: receiver.url });
    const sending = sendDelivery(started.engine.listenerUrl, {}).catch(() => "broken off");
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1));

    const before = performance.now();
    await started[Symbol.asyncDispose]();

    // The listener's own grace is a second.
    expect(performance.now() - before).toBeLessThan(4_000);
    await sending;
    expect(started.log.lines.filter((line) => line.startsWith("error"))).toEqual([]);
  });

  it("makes the sender try again: four tries of one event, each with what it was answered", async () => {
    await using receiver = await startReceiver();
    receiver.status = 500;
    await using simulator = await startTestSimulator();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await client.call("settings.update", { answerMode: "relay", forwardTo: receiver.url });
    await simulator.call("POST", "/webhooks", {
      url: `${engine.listenerUrl}/hook`,
      events: ["live-stream.broadcast.started"],
    });
    const { json } = await simulator.call("POST", "/live-streams", { name: "Stream" });

    await simulator.call("POST", `/simulator/live-streams/${String(json["liveStreamId"])}/start`);

    await vi.waitFor(async () => {
      const { tries } = await client.call("deliveries.get", { id: "d3" });
      expect(tries?.map(({ id, answered }) => [id, answered?.status])).toEqual([
        ["d1", 500],
        ["d2", 500],
        ["d3", 500],
        ["d4", 500],
      ]);
    });
    expect(receiver.requests).toHaveLength(4);
  });
});

describe("a rule", () => {
  it("answers with its status, body and delay before the mode does, and the delivery is forwarded all the same", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await client.call("settings.update", {
      answerMode: "relay",
      forwardTo: receiver.url,
      answerRules: [
        rule({ name: "Live", query: "type:live-stream", status: 410 }),
        rule({ body: '{"busy":true}', contentType: "application/json", delayMs: 120, query: "quality=720p" }),
        rule({ name: "Late", query: "quality=720p", status: 500 }),
      ],
    });

    const before = performance.now();
    const response = await sendDelivery(engine.listenerUrl, {});
    const ms = performance.now() - before;
    const relayed = await sendDelivery(engine.listenerUrl, { body: "{}" });

    expect([response.status, await response.text()]).toEqual([503, '{"busy":true}']);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(ms).toBeGreaterThanOrEqual(119);
    expect(relayed.status).toBe(200);
    await vi.waitFor(async () => {
      expect(await answeredOf(client, "d1")).toMatchObject({ status: 503, by: { kind: "rule", name: "Busy" } });
      expect(receiver.requests).toHaveLength(2);
    });
  });

  it("that matches nothing leaves the plain 202", async () => {
    await using started = await startEngine({ connect: false });
    await started.client.call("settings.update", { answerRules: [rule({ query: "type:live-stream" })] });

    expect((await sendDelivery(started.engine.listenerUrl, {})).status).toBe(202);
  });

  it("with a long delay keeps neither the app from ending nor the delivery from being kept", async () => {
    using dir = tempDir();
    const started = await startEngine({ connect: false, dataDir: dir.path });
    await started.client.call("settings.update", { answerRules: [rule({ delayMs: 30_000 })] });
    const sending = sendDelivery(started.engine.listenerUrl, {}).catch(() => "broken off");
    await vi.waitFor(() => expect(started.events.map(({ name }) => name)).toContain("delivery.received"));

    const before = performance.now();
    await started[Symbol.asyncDispose]();
    expect(performance.now() - before).toBeLessThan(4_000);
    expect(await sending).toBe("broken off");

    await using again = await startEngine({ connect: false, dataDir: dir.path });
    expect((await again.client.call("deliveries.get", { id: "d1" })).answered).toBeNull();
  });
});
