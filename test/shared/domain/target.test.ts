import { describe, expect, it } from "vitest";
import { parseTarget } from "#shared/domain/target.ts";

describe("a target", () => {
  it.each([
    ["3000", "http://localhost:3000/"],
    ["localhost:3000", "http://localhost:3000/"],
    ["127.0.0.1:3000/api/webhook", "http://127.0.0.1:3000/api/webhook"],
    ["[::1]:3000", "http://[::1]:3000/"],
    ["https://example.com/hook", "https://example.com/hook"],
  ])("may be written as %s", (text, url) => {
    expect(parseTarget(text)?.href).toBe(url);
  });

  it.each(["", "0", "65536", "example.com:3000", "ftp://localhost", "http://user:secret@localhost", "javascript:1"])(
    "is not %s",
    (text) => {
      expect(parseTarget(text)).toBeNull();
    },
  );
});
