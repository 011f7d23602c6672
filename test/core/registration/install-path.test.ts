import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { registeredUrl, stripInstallPrefix } from "#core/registration/registration.ts";

const ID = "0z8k2m4q6s";

describe("registeredUrl", () => {
  it.each([
    ["https://one.example.com", `https://one.example.com/wi-${ID}`],
    ["https://one.example.com/", `https://one.example.com/wi-${ID}`],
    ["https://one.example.com/hooks", `https://one.example.com/hooks/wi-${ID}`],
    ["http://127.0.0.1:4747", `http://127.0.0.1:4747/wi-${ID}`],
  ])("of %s is %s", (publicUrl, url) => {
    expect(registeredUrl(publicUrl, ID)).toBe(url);
  });
});

describe("stripInstallPrefix", () => {
  it.each([
    [`/wi-${ID}`, "/"],
    [`/wi-${ID}/`, "/"],
    [`/wi-${ID}?a=/b`, "/?a=/b"],
    [`/wi-${ID}/hooks?x`, "/hooks?x"],
    [`/hooks/wi-${ID}?x`, "/hooks?x"],
    [`/wi-${ID}more`, `/wi-${ID}more`],
    [`/?next=/wi-${ID}`, `/?next=/wi-${ID}`],
    ["/", "/"],
    ["*", "*"],
  ])("of %s is %s", (path, stripped) => {
    expect(stripInstallPrefix(path, ID)).toBe(stripped);
  });

  it("gives back whatever stands behind the prefix", () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const rest = path.startsWith("/") ? path : `/${path}`;
        expect(stripInstallPrefix(`/wi-${ID}${rest}`, ID)).toBe(rest);
      }),
    );
  });

  it("leaves every other path as it is", () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        expect(stripInstallPrefix(path, ID)).toBe(path);
      }),
    );
  });
});
