import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor, type Redacted } from "#shared/redaction/redact-delivery.ts";
import { parseRedactionRule } from "#shared/redaction/redaction-rules.ts";

const fingerprint = (value: string) => createHmac("sha256", "salt").update(value).digest("hex").slice(0, 8);
const utf8 = (text: string) => new TextEncoder().encode(text);

function redact(rules: string[], body: string | Uint8Array, headers: [string, string][] = [], path = "/") {
  const redactor = createRedactor(rules, fingerprint);
  const left = redactor.redact({ path, headers, body: typeof body === "string" ? utf8(body) : body });
  return { left, counts: redactor.counts() };
}

function textOf(left: Redacted): string {
  if (left.kind === "unsure") throw new Error(left.why);
  return Buffer.from(left.body).toString("utf8");
}

describe("redaction of a body", () => {
  it("takes out values by path and leaves every other byte as it was", () => {
    const body = '{ "a" : "x\\u0041",\t"list":[{"id":1.50,"n":"keep"},{"id":22}], "b":true,"c":null}\n';

    const { left, counts } = redact(["body:a", "body:list[].id", "body:b", "body:c", "body:nowhere"], body);

    expect(textOf(left)).toMatch(
      /^\{ "a" : "redacted-[0-9a-f]{8}",\t"list":\[\{"id":\d{9},"n":"keep"\},\{"id":\d{9}\}\], "b":false,"c":null\}\n$/,
    );
    expect(counts.map(({ count }) => count)).toEqual([1, 2, 1, 0, 0]);
  });

  it("gives the same value the same placeholder, however it is written and wherever it stands", () => {
    const { left } = redact(["body:a", "body:b", "header:X-Id"], '{"a":"ab","b":"\\u0061b"}', [["x-id", "ab"]]);

    const { a, b } = JSON.parse(textOf(left));
    expect(a).toBe(b);
    expect(left.kind === "redacted" && left.headers).toEqual([["x-id", a]]);
  });

  it("takes one index where the rule names one, and all that is inside of what it names", () => {
    const { left } = redact(["body:list[1]"], '{"list":["a",{"b":["c",{"d":"e"}]},"f"]}');

    expect(textOf(left)).toMatch(/^\{"list":\["a",\{"b":\["redacted-\w{8}",\{"d":"redacted-\w{8}"\}\]\},"f"\]\}$/);
  });

  it("finds a text in strings, keys and numbers, whatever escapes it is written with", () => {
    const { left, counts } = redact(
      ["value:secret", "value:4711"],
      '{"my secret key":"a s\\u0065cret\\n","n":12471100,"plain":"secretsecret"}',
    );

    const text = textOf(left);
    expect(text).not.toMatch(/secret|4711/);
    expect(Object.keys(JSON.parse(text))[0]).toMatch(/^my redacted-\w{8} key$/);
    expect(counts).toEqual([
      { rule: "value:secret", count: 4 },
      { rule: "value:4711", count: 1 },
    ]);
  });

  it("finds a text in a form, and in JSON that is broken", () => {
    const placeholder = `redacted-${fingerprint("Zoë M")}`;

    expect(textOf(redact(["value:Zoë M"], "name=Zo%C3%AB+M&x=1").left)).toBe(`name=${placeholder}&x=1`);
    expect(textOf(redact(["value:Zoë M"], '{"name":"Zoë M').left)).toBe(`{"name":"${placeholder}`);
  });

  it("refuses what it cannot look into rather than let something through", () => {
    expect(redact(["body:a"], '{"a":"x"').left).toMatchObject({
      kind: "unsure",
      why: expect.stringMatching(/broken JSON/),
    });
    expect(redact(["body:a"], Uint8Array.of(0xff, 0xfe)).left).toMatchObject({
      kind: "unsure",
      why: expect.stringMatching(/not text/),
    });
    expect(redact(["value:abc"], "x", [["Content-Encoding", "gzip"]]).left).toMatchObject({
      kind: "unsure",
      why: expect.stringMatching(/encoded/),
    });
    expect(textOf(redact(["body:a"], "plain words").left)).toBe("plain words");
  });

  it("bears a body of brackets alone", () => {
    const { left } = redact(["body:a[][][]", "value:abc"], "[".repeat(200_000) + "]".repeat(200_000));

    expect(left.kind).toBe("redacted");
  });

  it("leaves nothing of a value, and keeps the shape, whatever the JSON", () => {
    const SECRET = 'Zq7-"\\é→\u{1f600}';
    const json = fc.json({ stringUnit: "binary", noUnicodeString: false } as object);
    fc.assert(
      fc.property(json, fc.integer({ min: 0, max: 3 }), (text, spaces) => {
        const value = { [`key ${SECRET}`]: JSON.parse(text), id: SECRET, list: [{ id: SECRET }, { id: 8812344321 }] };
        const body = JSON.stringify(value, null, spaces);

        const left = textOf(redact(["body:list[].id", `value:${SECRET}`], body).left);

        const parsed = JSON.parse(left);
        expect(JSON.stringify(parsed)).not.toContain(JSON.stringify(SECRET).slice(1, -1));
        expect(left).not.toContain("8812344321");
        expect(shapeOf(Object.values(parsed))).toEqual(shapeOf(Object.values(value)));
        expect(Object.values(parsed)[0]).toEqual(Object.values(value)[0]);
      }),
    );
  });

  it("leaves every byte around the values as it was, however the JSON is written", () => {
    const space = fc.array(fc.constantFrom(" ", "\n", "\t", "\r"), { maxLength: 3 }).map((signs) => signs.join(""));
    const scalar = fc.constantFrom(
      "1.50",
      "-0",
      "1E+2",
      "true",
      "null",
      '"a\\/b\\u0041"',
      '""',
      "12345678901234567890",
      "{}",
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(space, scalar, space, fc.boolean()), { minLength: 1, maxLength: 8 }), (entries) => {
        const write = (value: (scalar: string, isTaken: boolean) => string) =>
          `\ufeff{"list" :[${entries
            .map(
              ([before, written, after, isTaken]) =>
                `${before}{ "keep":${written},"id":${value(written, isTaken)} }${after}`,
            )
            .join(",")}]}\n`;
        const body = write((_, isTaken) => (isTaken ? '"one-secret"' : '"two-secret"'));

        const left = textOf(redact(["body:list[].id"], body).left);

        const placeholder = (text: string) => `"redacted-${fingerprint(text)}"`;
        expect(left).toBe(write((_, isTaken) => placeholder(isTaken ? "one-secret" : "two-secret")));
      }),
    );
  });

  it("takes a text out of any bytes and leaves the others", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 6 }), (parts) => {
        const secret = utf8("s3cr3t→value");
        const clean = parts.map((part) =>
          Buffer.from(part.map((byte) => (byte === 0x73 || byte === 0x22 ? 0xff : byte))),
        );
        const body = Buffer.concat(clean.flatMap((part, n) => (n === 0 ? [part] : [secret, part])));

        const { left, counts } = redact(["value:s3cr3t→value"], body);

        const placeholder = Buffer.from(`redacted-${fingerprint("s3cr3t→value")}`);
        const wanted = Buffer.concat(clean.flatMap((part, n) => (n === 0 ? [part] : [placeholder, part])));
        expect(left.kind === "redacted" && Buffer.from(left.body)).toEqual(wanted);
        expect(counts[0]?.count).toBe(parts.length - 1);
      }),
    );
  });
});

/** Types alone, with the lengths of arrays. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === "object" && value !== null) return Object.values(value).map(shapeOf);
  return value === null ? "null" : typeof value;
}

describe("redaction of head and path", () => {
  it("takes headers whatever their case, and parameters by their name", () => {
    const headers: [string, string][] = [
      ["AUTHORIZATION", "Bearer abc"],
      ["Accept", "*/*"],
      ["authorization", "Bearer abc"],
    ];

    const { left, counts } = redact(
      ["header:Authorization", "query:to ken"],
      "",
      headers,
      "/a?x=1&to+ken=abc&to%20ken=&y",
    );

    const placeholder = `redacted-${fingerprint("Bearer abc")}`;
    expect(left).toMatchObject({
      path: `/a?x=1&to+ken=redacted-${fingerprint("abc")}&to%20ken=&y`,
      headers: [
        ["AUTHORIZATION", placeholder],
        ["Accept", "*/*"],
        ["authorization", placeholder],
      ],
    });
    expect(counts.map(({ count }) => count)).toEqual([2, 1]);
  });

  it("finds a text in headers as UTF-8 and in the path with its escapes", () => {
    const raw = Buffer.from("Zoë Müller").toString("latin1");

    const { left } = redact(
      ["value:Zoë Müller"],
      "",
      [["X-User", `name=${raw}`]],
      "/Zo%C3%AB%20M%C3%BCller?q=Zo%C3%AB+M%C3%BCller",
    );

    const placeholder = `redacted-${fingerprint("Zoë Müller")}`;
    expect(left).toMatchObject({
      path: `/${placeholder}?q=${placeholder}`,
      headers: [["X-User", `name=${placeholder}`]],
    });
  });
});

it("takes no rule that it does not know", () => {
  expect(["header:", "header:a b", "body:", "value:ab", "value", "cookie:x", ""].map(parseRedactionRule)).toEqual(
    new Array(7).fill(null),
  );
});
