import { describe, expect, it } from "vitest";
import { isNestedDeeper } from "#core/lib/is-nested-deeper.ts";

const nested = (depth: number): unknown => JSON.parse(`${"[".repeat(depth)}1${"]".repeat(depth)}`);

describe("how deep a value is nested", () => {
  it("counts objects and arrays, however deep and wide they are", () => {
    expect(isNestedDeeper(1, 0)).toBe(false);
    expect(isNestedDeeper({ a: [1] }, 2)).toBe(false);
    expect(isNestedDeeper({ a: [1], b: [{}] }, 2)).toBe(true);
    expect(isNestedDeeper(nested(200), 200)).toBe(false);
    expect(isNestedDeeper(nested(201), 200)).toBe(true);
    expect(isNestedDeeper(nested(500_000), 200)).toBe(true);
    expect(isNestedDeeper(Array(1_000_000).fill({ a: 1 }), 2)).toBe(false);
  });

  it("ends with what leads back to itself, and looks into no bytes", () => {
    const round: Record<string, unknown> = { bytes: new Uint8Array(10_000_000) };
    round["a"] = round;
    round["b"] = [round, round];

    expect(isNestedDeeper(round, 10)).toBe(false);
  });
});
