import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isAllowed, LICENCES_FILE, licencesText, shippedPackages } from "../scripts/licences.mjs";

describe("the licences of what the app is made of", () => {
  it("are in the file as they are; `npm run licences` writes it anew", () => {
    expect(readFileSync(LICENCES_FILE, "utf8") === licencesText(), "run: npm run licences").toBe(true);
  });

  it("ask for no more than to be named", () => {
    expect(shippedPackages().filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it("are those of runtime and window, with what these need, and of no tool", () => {
    const names = new Set(shippedPackages().map(({ name }) => name));

    for (const name of [
      "better-sqlite3",
      "zod",
      "commander",
      "localtunnel",
      "axios",
      "follow-redirects",
      "react",
      "scheduler",
    ])
      expect(names).toContain(name);
    for (const name of ["@codemirror/state", "@radix-ui/react-dialog", "@fontsource-variable/inter", "tailwindcss"])
      expect(names).toContain(name);
    for (const name of ["vite", "vitest", "typescript", "knip", "electron", "@playwright/test", "axe-core"])
      expect(names).not.toContain(name);
  });

  it.each([
    ["MIT", true],
    ["(MIT AND Zlib)", true],
    ["(GPL-3.0-only OR MIT)", true],
    ["MIT AND GPL-3.0-only", false],
    ["MPL-2.0", false],
    ["SEE LICENSE IN LICENSE", false],
    ["UNKNOWN", false],
  ])("%s: allowed is %s", (licence, allowed) => {
    expect(isAllowed(licence)).toBe(allowed);
  });
});
