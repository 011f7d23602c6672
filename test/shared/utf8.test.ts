import { describe, expect, it } from "vitest";
import { decodeUtf8, readUtf8 } from "#shared/utf8.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("bytes as text", () => {
  it("keeps a BOM, which counts for the signature", () => {
    expect(readUtf8(bytes("\ufeff{}"))).toBe("\ufeff{}");
    expect(decodeUtf8(bytes("\ufeff{}"))).toBe("\ufeff{}");
  });

  it("says when it is not UTF-8, and then reads the next as before", () => {
    expect(readUtf8(Uint8Array.of(0xff, 0xfe))).toBeNull();
    expect(readUtf8(bytes("é"))).toBe("é");
  });

  it("puts a mark in place of what is not UTF-8, where it is to be read all the same", () => {
    expect(decodeUtf8(Uint8Array.of(0x61, 0xff, 0x62))).toBe("a\ufffdb");
  });

  it("leaves out a character that the end of a part cut in two", () => {
    expect(readUtf8(bytes("aé").subarray(0, 2), true)).toBe("a");
    expect(readUtf8(bytes("aé").subarray(0, 2))).toBeNull();
    expect(readUtf8(bytes("é"), true)).toBe("é");
  });
});
