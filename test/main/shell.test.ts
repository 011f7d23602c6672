import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedLink } from "../../src/main/shell.ts";

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
