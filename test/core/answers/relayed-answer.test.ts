import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toRelayedAnswer } from "#core/answers/relayed-answer.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";

const answered = (status: number, headers: HeaderPairs = [], body = "", more: object = {}) =>
  ({
    kind: "answered",
    status,
    headers,
    bodyBase64: Buffer.from(body).toString("base64"),
    bodyBytes: body.length,
    ...more,
  }) as const;

describe("a relayed answer", () => {
  it("has the status, headers and body of the server behind, doubled headers doubled", () => {
    const headers: HeaderPairs = [
      ["Retry-After", "120"],
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
    ];

    const answer = toRelayedAnswer(answered(503, headers, "later"));

    expect(answer).toMatchObject({ status: 503, headers });
    expect(Buffer.from(answer.body).toString()).toBe("later");
  });

  it("leaves out what belongs to the connection, and what the connection's header names", () => {
    const headers: HeaderPairs = [
      ["Connection", "close, X-Private"],
      ["Keep-Alive", "timeout=5"],
      ["Transfer-Encoding", "chunked"],
      ["Content-Length", "99"],
      ["Upgrade", "h2c"],
      ["Proxy-Authenticate", "Basic"],
      ["TE", "trailers"],
      ["Trailer", "X"],
      ["x-private", "1"],
      ["X-Kept", "1"],
    ];

    expect(toRelayedAnswer(answered(200, headers)).headers).toEqual([["X-Kept", "1"]]);
  });

  it.each([
    ["a header that would be two", [["X-A", "1\r\nX-B: 2"]]],
    ["a header that would end the head", [["X-A", "\r\n\r\n<html>"]]],
    ["a name with a line break", [["X-A\r\nX-B", "1"]]],
    ["a name with a colon", [["X-A: 1\nX", "1"]]],
    ["a value with a NUL", [["X-A", "\0"]]],
    ["no name", [["", "1"]]],
  ] satisfies [string, HeaderPairs][])("leaves out %s", (_, headers) => {
    expect(toRelayedAnswer(answered(200, headers)).headers).toEqual([]);
  });

  it("never has a header that is not legal, whatever the server behind sends", () => {
    const headers = fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })));
    fc.assert(
      fc.property(headers, fc.integer({ min: 0, max: 999 }), (pairs, status) => {
        const answer = toRelayedAnswer(answered(status, pairs));

        for (const [name, value] of answer.headers) {
          expect(name).toMatch(/^[!#$%&'*+.^_`|~\w-]+$/);
          expect(value).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
        }
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(600);
      }),
    );
  });

  it.each([
    ["nobody answers", { kind: "unreachable", reason: "refused", message: "Nothing listens on secret-host:1." }, 502],
    ["the connection is closed", { kind: "unreachable", reason: "reset", message: "" }, 502],
    ["what comes is no HTTP", { kind: "unreachable", reason: "protocol", message: "" }, 502],
    ["no answer comes in time", { kind: "unreachable", reason: "timeout", message: "" }, 504],
    ["the answer breaks off", answered(200, [], "half", { bodyIncomplete: "broken-off" }), 502],
    ["the answer does not end in time", answered(200, [], "half", { bodyIncomplete: "timed-out" }), 504],
    ["the server leaves HTTP", answered(101), 502],
    ["the status means nothing", answered(999), 502],
    ["it could not be sent", "failed", 502],
    ["the deadline passes", "late", 504],
  ] as const)("is one of a gateway where %s, and tells nothing of this machine", (_, outcome, status) => {
    const answer = toRelayedAnswer(outcome);

    expect(answer.status).toBe(status);
    expect(Buffer.from(answer.body).toString()).toMatch(/^The[^\n]*|There[^\n]*\n$/);
    expect(Buffer.from(answer.body).toString()).not.toMatch(/localhost|127|secret-host/);
  });

  it("has no body where only a part of it was kept, nor what describes the whole", () => {
    const headers: HeaderPairs = [
      ["Content-Type", "text/html"],
      ["Content-Encoding", "gzip"],
      ["ETag", '"1"'],
    ];

    const answer = toRelayedAnswer({ ...answered(200, headers, "kept"), bodyBytes: 2_000_000 });

    expect(answer).toMatchObject({ status: 200, headers: [["Content-Type", "text/html"]] });
    expect(answer.body).toHaveLength(0);
  });
});
