import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../src/renderer/theme/theme.css", import.meta.url), "utf8");
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
const tokens = new Map(pairs.map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]));

const SURFACES = ["s0", "s1", "s2", "s3", "sel"];
const SOFT = ["ok", "warn", "bad", "info", "accent"];

/** What stands on what in the window; text needs 4.5:1 (WCAG 2.2, 1.4.3). */
const TEXT: [string, string][] = [
  ...["t1", "t2", "t3"].flatMap((text) => SURFACES.map((surface): [string, string] => [text, surface])),
  ...SOFT.map((tone): [string, string] => [tone, `${tone}-s`]),
  ...SOFT.flatMap((tone) => ["s0", "s1", "s2", "sel"].map((surface): [string, string] => [tone, surface])),
  ...["ok-s", "warn-s", "bad-s", "info-s"].map((surface): [string, string] => ["t1", surface]),
  ["on-accent", "accent"],
];

/** Edges of fields and the focus ring need 3:1 (1.4.11). */
const GLYPHS: [string, string][] = [
  ...["s0", "s1"].map((surface): [string, string] => ["edge", surface]),
  ...SURFACES.map((surface): [string, string] => ["accent", surface]),
];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each(TEXT)("keeps %s readable on %s", (text, surface) => {
    expect(contrast(colour(text, theme), colour(surface, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(GLYPHS)("keeps %s visible on %s", (glyph, surface) => {
    expect(contrast(colour(glyph, theme), colour(surface, theme))).toBeGreaterThanOrEqual(3);
  });
});

function colour(name: string, theme: "light" | "dark"): string {
  const token = tokens.get(name);
  if (token === undefined) throw new Error(`theme.css has no token --${name}.`);
  return token[theme];
}

/** The ratio of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
