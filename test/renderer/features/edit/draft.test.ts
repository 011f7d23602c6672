import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RequestEdits } from "#shared/domain/request-edits.ts";
import {
  changeWords,
  type Draft,
  faultsOf,
  hasFault,
  isDirty,
  type Original,
  toEdits,
} from "../../../../src/renderer/features/edit/draft.ts";
import { readHexText, toHexText } from "../../../../src/renderer/features/edit/hex-text.ts";
import { jsonFault } from "../../../../src/renderer/features/edit/json-fault.ts";

const ORIGINAL: Original = {
  id: "d1",
  method: "POST",
  path: "/hook",
  headers: [
    ["Host", "x"],
    ["X-A", "1"],
  ],
  body: new TextEncoder().encode('{"a":1}'),
  bodyBytes: 7,
};
const DRAFT: Draft = {
  method: "POST",
  path: "/hook",
  headers: [
    { id: 1, name: "Host", value: "x" },
    { id: 2, name: "X-A", value: "1" },
  ],
  body: { kind: "text", text: '{"a":1}' },
  sign: "webhook",
  secret: "",
  target: "",
};

describe("a draft", () => {
  it("edits nothing as long as nothing differs, however it got there", () => {
    expect(toEdits({ ...DRAFT, body: { kind: "hex", text: "7b226122 3a317D" } }, ORIGINAL)).toEqual({});
    expect(changeWords(DRAFT, ORIGINAL, false)).toEqual([]);
    expect(isDirty(DRAFT, DRAFT, ORIGINAL, faultsOf(DRAFT, []))).toBe(false);
  });

  it("edits what differs, and says what that is", () => {
    const draft: Draft = {
      ...DRAFT,
      method: "PUT",
      path: "/other",
      headers: [...DRAFT.headers, { id: 3, name: "X-B", value: "" }],
      body: { kind: "text", text: "" },
    };

    expect(toEdits(draft, ORIGINAL)).toEqual({
      method: "PUT",
      path: "/other",
      headers: [
        ["Host", "x"],
        ["X-A", "1"],
        ["X-B", ""],
      ],
      body: "",
    });
    expect(changeWords(draft, ORIGINAL, true)).toEqual([
      "method",
      "path",
      "1 header",
      "body (7 bytes shorter)",
      "signature",
    ]);
  });

  it("counts headers that only changed their order", () => {
    const draft = { ...DRAFT, headers: DRAFT.headers.toReversed() };

    expect(changeWords(draft, ORIGINAL, false)).toEqual(["2 headers"]);
  });

  it("sends a body that was too large to be read as it is", () => {
    const original: Original = { ...ORIGINAL, body: null, bodyBytes: 2_000_000 };

    expect(toEdits({ ...DRAFT, body: { kind: "unread" } }, original)).toEqual({});
  });

  it("is dirty with a fault, a secret or another choice of signature, and not with a target", () => {
    for (const change of [{ method: "" }, { secret: "s" }, { sign: "keep" as const }]) {
      const draft = { ...DRAFT, ...change };
      expect(isDirty(draft, DRAFT, ORIGINAL, faultsOf(draft, []))).toBe(true);
    }
    const elsewhere = { ...DRAFT, target: "3000" };
    expect(isDirty(elsewhere, DRAFT, ORIGINAL, faultsOf(elsewhere, []))).toBe(false);
  });

  it("says of each field what is wrong with it", () => {
    const wrong: Draft = {
      ...DRAFT,
      path: "hook",
      headers: [
        { id: 7, name: "X A", value: "" },
        { id: 8, name: "X-A", value: " a" },
      ],
      sign: "secret",
      target: "nowhere",
    };
    const faults = faultsOf(wrong, []);

    expect(faults).toMatchObject({ method: null, path: "A path begins with a slash.", isSecretMissing: true });
    expect([...faults.names.keys()]).toEqual([7]);
    expect([...faults.values.keys()]).toEqual([8]);
    expect(faults.target).toContain("the name of one under Forwarding");
    expect(faultsOf(wrong, [{ name: "Nowhere", url: "http://localhost:1/", headers: [] }]).target).toBeNull();
  });

  it("without a fault gives edits that the engine takes", () => {
    const method = fc.oneof(fc.constant("PUT"), fc.string());
    const path = fc.oneof(fc.constant("a?b=c"), fc.string(), fc.constantFrom("é", "€", "a b", "\0", "\ud800"));
    const header = fc.oneof(fc.constant("X-A"), fc.string());
    fc.assert(
      fc.property(method, path, header, header, (method, path, name, value) => {
        const draft: Draft = { ...DRAFT, method, path: `/${path}`, headers: [{ id: 1, name, value }] };

        expect(RequestEdits.safeParse(toEdits(draft, ORIGINAL)).success).toBe(!hasFault(faultsOf(draft, [])));
      }),
    );
  });
});

describe("hex digits", () => {
  it("stand for the very bytes, however they are spaced", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(readHexText(toHexText(bytes))).toEqual({ kind: "bytes", bytes });
        expect(readHexText(toHexText(bytes).replace(/\s/g, "").toUpperCase())).toEqual({ kind: "bytes", bytes });
      }),
    );
  });

  it.each([
    ["00 zz", 'Line 1: "z" is no hex digit.'],
    ["00\n0", "Line 2: 0 is half a byte too much; each has two digits."],
    ["😀", 'Line 1: "😀" is no hex digit.'],
  ])("%s are told with their line", (text, message) => {
    expect(readHexText(text)).toEqual({ kind: "fault", message });
  });
});

describe("what is no JSON", () => {
  it.each([
    ['{"a":1}', null],
    ['{"a":1', "line 1, column 7: expected a comma or }"],
    ['{\n "ä😀": oops\n}', "line 2, column 8: expected a value"],
    ["", "line 1, column 1: expected a value"],
  ])("%j is told with its line and what should stand there", (text, fault) => {
    expect(jsonFault(text)).toBe(fault);
  });

  it("is what JSON.parse refuses", () => {
    const texts = fc.oneof(fc.json(), fc.string(), fc.constantFrom("[1,]", '{"a"}', "01", '"\\u12"', "nul"));
    fc.assert(
      fc.property(texts, (text) => {
        expect(jsonFault(text) === null).toBe(isParsed(text));
      }),
    );
  });
});

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
