import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_BODY_BYTES, partWords, toBodyPart } from "#core/hosts/cli/mcp/body-part.ts";

const bytesOf = (text: string) => Buffer.from(text);

describe("a part of a body", () => {
  it("is text where it is some, and base64 where it is not or that is asked for", () => {
    const text = toBodyPart(bytesOf("né\n"), { offset: 0, totalBytes: 4 });
    const binary = toBodyPart(Buffer.from([0xff, 0xfe]), { offset: 0, totalBytes: 2 });
    const asked = toBodyPart(bytesOf("hi"), { offset: 0, totalBytes: 2 }, true);

    expect(text).toEqual({ part: { encoding: "text", offset: 0, bytes: 4, totalBytes: 4, next: null }, shown: "né\n" });
    expect(binary).toMatchObject({ part: { encoding: "base64" }, shown: "//4=" });
    expect(asked).toMatchObject({ part: { encoding: "base64" }, shown: "aGk=" });
  });

  it("leaves a character that was cut in two to the next one", () => {
    const body = bytesOf("aé");

    const { part, shown } = toBodyPart(body.subarray(0, 2), { offset: 0, totalBytes: 3 });

    expect(shown).toBe("a");
    expect(part).toMatchObject({ bytes: 1, next: 1 });
    expect(partWords(part)).toBe("Body, bytes 0 to 1 of 3 as text, the rest with read_body and offset 1:");
  });

  it("is bytes where text would be mostly codes", () => {
    const { part, shown } = toBodyPart(bytesOf("\u0001".repeat(1_000)), { offset: 0, totalBytes: 1_000 });

    expect(part.encoding).toBe("base64");
    expect(shown.length).toBeLessThan(1_400);
  });

  it("ends where what is kept ends, also where there was more", () => {
    const place = { offset: 90, totalBytes: 5_000, keptBytes: 100 };

    expect(toBodyPart(bytesOf("0123456789"), place).part).toMatchObject({ totalBytes: 5_000, next: null });
    expect(toBodyPart(bytesOf("01234"), place).part).toMatchObject({ next: 95 });
    expect(toBodyPart(bytesOf(""), { ...place, offset: 200 }).part).toMatchObject({ bytes: 0, next: null });
  });

  it("comes in parts that are the whole together, each of a bounded length", () => {
    const bodies = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 300 }).map(bytesOf),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(bodies, fc.integer({ min: 1, max: 40 }), (body, length) => {
        const parts: Buffer[] = [];
        for (let offset: number | null = 0; offset !== null; ) {
          const range: Buffer = body.subarray(offset, offset + length);
          const { part, shown } = toBodyPart(range, { offset, totalBytes: body.length }, false);
          expect(shown.length).toBeLessThanOrEqual(range.length * 1.4 + 210);
          // Read again as bytes: as text, what is not seen is shown as its code.
          parts.push(body.subarray(part.offset, part.offset + part.bytes));
          if (part.next !== null) expect(part.next).toBeGreaterThan(offset);
          offset = part.next;
        }
        expect(Buffer.concat(parts)).toEqual(body);
      }),
    );
    expect(MAX_BODY_BYTES).toBe(20_000);
  });
});
