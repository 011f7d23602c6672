import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeRequest } from "#core/replay/faults/change-request.ts";
import { Fault } from "#shared/domain/fault.ts";
import { type HeaderPairs, headerValue } from "#shared/domain/headers.ts";

const SECRET = "sig_sec_test";

function stored(content: string | Uint8Array, headers: HeaderPairs = []) {
  const body = Buffer.from(content);
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  const all: HeaderPairs = [["X-First", "1"], ["X-API-Video-Signature", signature], ...headers];
  return { method: "POST", path: "/hook?x=1", headers: all, body };
}

function change(fault: object, request: ReturnType<typeof stored>) {
  return changeRequest(Fault.parse(fault), request);
}

describe("a body that is cut short", () => {
  it.each([
    ["half", "hel"],
    [2, "he"],
    [0, ""],
  ])("keeps %j of it, and the signature of the whole one", (keep, expected) => {
    const request = stored("hello!");

    const changed = change({ kind: "truncate", keep, framing: "fitted" }, request);

    expect(changed).toEqual({ request: { ...request, body: Buffer.from(expected) } });
  });

  it("keeps the length that was announced where the connection is to break off", () => {
    const request = stored("hello!");

    const changed = change({ kind: "truncate", framing: "broken-off" }, request);

    expect(changed).toEqual({ request, way: { kind: "break-off", afterBytes: 3 } });
  });

  it.each([
    ["", "half"],
    ["hello!", 6],
    ["hello!", 100],
  ])("is none where there is nothing to cut: %j at %j", (body, keep) => {
    expect(change({ kind: "truncate", keep, framing: "fitted" }, stored(body))).toBeNull();
  });
});

describe("a byte that is changed", () => {
  it.each([
    ["middle", "abbde"],
    [0, "`bcde"],
    [4, "abcdd"],
  ])("is the one at %j", (at, expected) => {
    expect(change({ kind: "change-byte", at }, stored("abcde"))?.request.body).toEqual(
      new Uint8Array(Buffer.from(expected)),
    );
  });

  it("is none where there is no such byte", () => {
    expect(change({ kind: "change-byte" }, stored(""))).toBeNull();
    expect(change({ kind: "change-byte", at: 5 }, stored("abcde"))).toBeNull();
  });
});

describe("JSON that is written differently", () => {
  it.each([
    ['{"a":1,"b":[1.0,2]}', '{\n  "a": 1,\n  "b": [\n    1,\n    2\n  ]\n}'],
    ['{\n  "a": 1\n}', '{"a":1}'],
    ['{"a": 1}', '{\n  "a": 1\n}'],
    ['"caf\\u00e9"', '"caf\u00e9"'],
  ])("means the same, with the signature of the original: %j", (text, expected) => {
    const request = stored(text);

    expect(change({ kind: "reserialise" }, request)).toEqual({ request: { ...request, body: Buffer.from(expected) } });
  });

  it.each(["", "not JSON", "1", Buffer.from([0x22, 0xff, 0x22]), `${"[".repeat(100_000)}${"]".repeat(100_000)}`])(
    "is none where it cannot be: %#",
    (content) => {
      expect(change({ kind: "reserialise" }, stored(content))).toBeNull();
    },
  );
});

describe("a wrong secret", () => {
  it("makes a signature that is well-formed, in the place of the right one, for the same body", () => {
    const request = stored("{}", [["X-Last", "2"]]);

    const changed = change({ kind: "wrong-secret" }, request)?.request;

    expect(changed?.body).toBe(request.body);
    expect(changed?.headers.map(([name]) => name)).toEqual(["X-First", "X-API-Video-Signature", "X-Last"]);
    const signature = headerValue(changed?.headers ?? [], "x-api-video-signature");
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(signature).not.toBe(headerValue(request.headers, "x-api-video-signature"));
  });

  it("signs what was not signed", () => {
    const request = { ...stored("{}"), headers: [["X-First", "1"]] satisfies HeaderPairs };

    expect(change({ kind: "wrong-secret" }, request)?.request.headers).toEqual([
      ["X-First", "1"],
      ["X-Api-Video-Signature", expect.stringMatching(/^[0-9a-f]{64}$/)],
    ]);
  });
});

describe("a missing header", () => {
  it.each([
    [{}, ["X-First", "Cookie", "cookie"]],
    [{ name: "COOKIE" }, ["X-First", "X-API-Video-Signature"]],
  ])("is left out wherever it stands, in any case: %j", (named, expected) => {
    const request = stored("{}", [
      ["Cookie", "a"],
      ["cookie", "b"],
    ]);

    const changed = change({ kind: "missing-header", ...named }, request);

    expect(changed?.request.headers.map(([name]) => name)).toEqual(expected);
  });

  it("is none where there was no such header", () => {
    expect(change({ kind: "missing-header", name: "Cookie" }, stored("{}"))).toBeNull();
  });

  it.each(["Host", "content-length", "Transfer-Encoding", "X Space", "X\r\n", ""])("cannot be %j", (name) => {
    expect(Fault.safeParse({ kind: "missing-header", name }).success).toBe(false);
  });
});

describe("any fault", () => {
  const faults = fc.constantFrom(
    { kind: "duplicate" },
    { kind: "reorder" },
    { kind: "delay", ms: 5 },
    { kind: "burst", count: 2 },
    { kind: "drop" },
    { kind: "truncate", framing: "fitted" },
    { kind: "truncate", framing: "broken-off" },
    { kind: "change-byte" },
    { kind: "reserialise" },
    { kind: "wrong-secret" },
    { kind: "missing-header" },
    { kind: "slow", bytesPerSecond: 1 },
  );

  it("leaves the delivery itself as it is", () => {
    fc.assert(
      fc.property(
        faults,
        fc.oneof(
          fc.json().map((text) => Buffer.from(text)),
          fc.uint8Array(),
        ),
        (fault, body) => {
          const request = stored(body);
          const before = structuredClone({ ...request, body: new Uint8Array(request.body) });

          change(fault, request);

          expect({ ...request, body: new Uint8Array(request.body) }).toEqual(before);
        },
      ),
    );
  });
});
