import { describe, expect, it } from "vitest";
import type { StoredRequest } from "#core/replay/sender.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { startRawTarget } from "../replay/raw-target.ts";
import { replayerFixture } from "../replay/replayer-fixture.ts";

const REPLAY: [string, string] = ["X-Inspector-Replay-Of", "d1"];

/** What a target reads when this delivery is replayed to it. `HOST` in the result is the target's host and port. */
async function replayed(delivery: Partial<StoredRequest>) {
  await using target = await startRawTarget();
  await using fixture = replayerFixture({ d1: delivery });

  await fixture.replayer.replay("d1", target.url);

  const [request] = target.requests;
  if (request === undefined) throw new Error("Nothing came.");
  const host = new URL(target.url).host;
  const headers = request.headers.map(([name, value]) => [name, value === host ? "HOST" : value]);
  return { ...request, headers };
}

describe("the headers of a replay", () => {
  it("keep order, case, doubled ones and bytes of the original", async () => {
    const kept: HeaderPairs = [
      ["x-B", "1"],
      ["X-API-Video-Signature", "ab12"],
      ["Cookie", "a=1"],
      ["cookie", "b=2"],
      ["X-b", "2"],
      ["Content-Disposition", "attachment; filename=\u00e9\u00ff.json"],
      ["X-Empty", ""],
      ["Date", "Thu, 01 Jan 1970 00:00:00 GMT"],
    ];

    const { headers } = await replayed({ headers: [["Host", "a"], ...kept, ["Content-Length", "2"]] });

    expect(headers).toEqual([["Host", "HOST"], ...kept, ["Content-Length", "2"], REPLAY]);
  });

  it("name the target as host at the place where the original host stood, once", async () => {
    const { headers } = await replayed({
      headers: [
        ["X-First", "1"],
        ["HOST", "hooks.example.com"],
        ["host", "second.example.com"],
        ["X-Last", "2"],
      ],
    });

    expect(headers.slice(0, 3)).toEqual([
      ["X-First", "1"],
      ["HOST", "HOST"],
      ["X-Last", "2"],
    ]);
    expect(headers.filter(([name]) => name?.toLowerCase() === "host")).toHaveLength(1);
  });

  it("begin with the host where the original had none", async () => {
    const { headers } = await replayed({ headers: [["X-First", "1"]] });

    expect(headers.slice(0, 2)).toEqual([
      ["Host", "HOST"],
      ["X-First", "1"],
    ]);
  });

  it("leave out what was meant for the original connection, and what that connection named", async () => {
    const { headers } = await replayed({
      headers: [
        ["Connection", "keep-alive, X-Hop"],
        ["connection", " x-other ,Host,content-length"],
        ["Keep-Alive", "timeout=5"],
        ["X-Hop", "1"],
        ["X-OTHER", "2"],
        ["TE", "trailers"],
        ["Trailer", "X-Sum"],
        ["Upgrade", "h2c"],
        ["Expect", "100-continue"],
        ["Proxy-Authorization", "Basic eDp5"],
        ["Proxy-Connection", "keep-alive"],
        ["X-Stays", "3"],
        ["Content-Length", "2"],
        ["Host", "hooks.example.com"],
      ],
    });

    expect(headers).toEqual([["X-Stays", "3"], ["Content-Length", "2"], ["Host", "HOST"], REPLAY]);
  });

  it("replace the mark of an earlier replay", async () => {
    const { headers } = await replayed({
      headers: [
        ["x-inspector-replay-of", "d0"],
        ["X-Stays", "1"],
      ],
    });

    expect(headers).toEqual([["Host", "HOST"], ["X-Stays", "1"], ["Content-Length", "2"], REPLAY]);
  });
});

describe("the headers of a forward", () => {
  it("carry no mark of a replay, neither our own nor an earlier one", async () => {
    await using target = await startRawTarget();
    await using fixture = replayerFixture(
      { d1: { headers: [["X-Inspector-Replay-Of", "d0"]] } },
      { defaultTarget: () => target.url },
    );

    await fixture.replayer.forward("d1");

    const host: [string, string] = ["Host", `127.0.0.1:${target.port}`];
    expect(target.requests[0]?.headers).toEqual([host, ["Content-Length", "2"]]);
  });
});

describe("the length of a body sent again", () => {
  it("is that of the stored body, where the original told another", async () => {
    const { headers, body } = await replayed({
      headers: [
        ["content-length", "9"],
        ["X-Last", "1"],
        ["Content-Length", "9"],
      ],
      body: Buffer.from("four"),
    });

    expect(headers).toEqual([["Host", "HOST"], ["content-length", "4"], ["X-Last", "1"], REPLAY]);
    expect(body.toString()).toBe("four");
  });

  it("is told where the original came in chunks", async () => {
    const { headers, body } = await replayed({
      headers: [["Transfer-Encoding", "chunked"]],
      body: Buffer.from("joined"),
    });

    expect(headers).toEqual([["Host", "HOST"], ["Content-Length", "6"], REPLAY]);
    expect(body.toString()).toBe("joined");
  });

  it.each([
    ["GET", "", undefined],
    ["HEAD", "", undefined],
    ["DELETE", "", undefined],
    ["OPTIONS", "", undefined],
    ["GET", "with one", "8"],
    ["DELETE", "with one", "8"],
    ["POST", "", "0"],
    ["PUT", "", "0"],
    ["PATCH", "", "0"],
    ["PROPFIND", "", "0"],
  ])("of a %s with the body %j is told as %s", async (method, text, expected) => {
    const { requestLine, headers, body } = await replayed({ method, body: Buffer.from(text) });

    expect(requestLine).toBe(`${method} / HTTP/1.1`);
    expect(headers.find(([name]) => name === "Content-Length")?.[1]).toBe(expected);
    expect(headers.map(([name]) => name)).not.toContain("Transfer-Encoding");
    expect(body.toString()).toBe(text);
  });
});
