import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedLink, plainFileName } from "../../src/main/shell.ts";

describe("links that may be opened outside", () => {
  it.each(["https://api.video/", "https://docs.api.video/reference/webhooks", "https://dashboard.api.video/?tab=1#x"])(
    "are https pages of api.video, such as %s",
    (url) => {
      expect(allowedLink(url)).toBe(url);
    },
  );

  it.each([
    "http://api.video/",
    "https://api.video.evil.example/",
    "https://evilapi.video/",
    "https://docs.api.video@evil.example/",
    "https://user:secret@docs.api.video/",
    "https://docs.api.video:8443/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "smb://docs.api.video/share",
    "//docs.api.video/",
    "docs.api.video",
    "",
  ])("are not %s", (url) => {
    expect(allowedLink(url)).toBeNull();
  });

  it("are never anything but https on api.video, whatever text is asked for", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.string().map((text) => `https://api.video${text}`),
        ),
        (text) => {
          const link = allowedLink(text);
          expect(link === null || /^https:\/\/([^/?#@:]+\.)?api\.video(\/|$)/.test(link)).toBe(true);
        },
      ),
    );
  });
});

describe("a name that a file is offered under", () => {
  it.each([
    ["delivery-1.json", "delivery-1.json"],
    ["a/../b\\c.txt", "a-..-b-c.txt"],
    ["..hidden.json", "hidden.json"],
    [`a.${"b".repeat(99)}`, `${"b".repeat(99)}.bin`],
    ["run.desktop", "run.desktop.bin"],
    ["run.exe", "run.exe.bin"],
    ["requests.jsonl", "requests.jsonl"],
    ["json", "json.bin"],
    ["...", "payload.bin"],
    ["", "payload.bin"],
  ])("is made of %j: %j", (text, name) => {
    expect(plainFileName(text)).toBe(name);
  });

  it("is neither hidden nor in a folder nor of a kind that is run, whatever the text", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-z.]{90,120}$/), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(text, (given) => {
        expect(plainFileName(given)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,103}$/);
        expect(plainFileName(given)).toMatch(/\.(json|jsonl|txt|xml|har|bin)$/i);
      }),
    );
  });
});
