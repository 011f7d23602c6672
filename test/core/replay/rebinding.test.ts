import { describe, expect, it } from "vitest";
import { startRawTarget } from "./raw-target.ts";
import { replayerFixture } from "./replayer-fixture.ts";
import { answerOf } from "./send.ts";

/** A name server that gives the next of these answers each time, as an attacker's would. */
function turningLookup(...answers: readonly string[][]) {
  const asked: string[] = [];
  return {
    asked,
    async lookup(hostname: string): Promise<string[]> {
      asked.push(hostname);
      return answers[asked.length - 1] ?? ["192.0.2.66"];
    },
  };
}

// rebind.test is known to no name server (RFC 6761, 6.2): only the address that was checked can lead anywhere.
describe("a name that leads elsewhere once it was checked", () => {
  it.each([
    ["not allowed", []],
    ["allowed", ["rebind.test"]],
  ])("is connected to at the address that was checked, and looked up once: %s", async (_case, allowed) => {
    await using target = await startRawTarget();
    const { lookup, asked } = turningLookup(["127.0.0.1"], ["192.0.2.1"]);
    await using fixture = replayerFixture({ d1: {} }, { lookup, allowedTargets: () => allowed });

    const attempt = await fixture.replayer.replay("d1", `http://rebind.test:${target.port}/hook`);

    expect(answerOf(attempt).status).toBe(204);
    expect(asked).toEqual(["rebind.test"]);
    expect(target.requests[0]?.headers).toContainEqual(["Host", `rebind.test:${target.port}`]);
  });

  it("is not looked up again where the checked address refuses the connection", async () => {
    const target = await startRawTarget();
    await target[Symbol.asyncDispose]();
    await using elsewhere = await startRawTarget();
    const { lookup, asked } = turningLookup(["127.0.0.1"], ["127.0.0.1"]);
    await using fixture = replayerFixture({ d1: {} }, { lookup });

    const attempt = await fixture.replayer.replay("d1", `http://rebind.test:${target.port}/hook`);

    expect(attempt.outcome).toMatchObject({ kind: "unreachable", reason: "refused" });
    expect(asked).toEqual(["rebind.test"]);
    expect(elsewhere.connections()).toBe(0);
  });

  it("is checked anew for each sending, and refused as soon as it leads elsewhere", async () => {
    await using target = await startRawTarget();
    const { lookup, asked } = turningLookup(["127.0.0.1"], ["192.0.2.1"], ["127.0.0.1", "192.0.2.1"]);
    await using fixture = replayerFixture({ d1: {} }, { lookup });
    const url = `http://rebind.test:${target.port}/hook`;
    await fixture.replayer.replay("d1", url);

    for (let again = 0; again < 2; again += 1) {
      await expect(fixture.replayer.replay("d1", url)).rejects.toMatchObject({ code: "replay.target_refused" });
    }

    expect(asked).toHaveLength(3);
    expect(target.connections()).toBe(1);
    expect(fixture.recorded).toHaveLength(1);
  });

  it("cannot lead away by the path, the host header or a redirect of the delivery", async () => {
    await using elsewhere = await startRawTarget();
    await using target = await startRawTarget({
      onRequest: (socket) =>
        socket.end(`HTTP/1.1 302 Found\r\nLocation: ${elsewhere.url}\r\nContent-Length: 0\r\n\r\n`),
    });
    const host = new URL(elsewhere.url).host;
    await using fixture = replayerFixture({ d1: { path: `${elsewhere.url}/hook`, headers: [["Host", host]] } });

    const attempt = await fixture.replayer.replay("d1", target.url);

    expect(answerOf(attempt).status).toBe(302);
    expect(target.requests[0]?.requestLine).toBe("POST /hook HTTP/1.1");
    expect(elsewhere.connections()).toBe(0);
  });
});
