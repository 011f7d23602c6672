import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MAX_HEIGHT_PX,
  scrollTopFor,
  windowOf,
} from "../../../../../src/renderer/features/delivery-detail/payload/window-of.ts";

const scrolled = fc.record({
  count: fc.integer({ min: 1, max: 5_000_000 }),
  rowPx: fc.integer({ min: 10, max: 60 }),
  viewportPx: fc.integer({ min: 100, max: 2_000 }),
  scrollTopPx: fc.integer({ min: 0, max: MAX_HEIGHT_PX }),
});

describe("the rows in sight", () => {
  it("fill what is seen, wherever it is scrolled to, and are few", () => {
    fc.assert(
      fc.property(scrolled, (at) => {
        const { first, end, topPx, heightPx } = windowOf(at);
        const top = Math.min(at.scrollTopPx, Math.max(0, heightPx - at.viewportPx));

        expect(heightPx).toBeLessThanOrEqual(MAX_HEIGHT_PX);
        expect(topPx).toBeLessThanOrEqual(top + 1);
        const bottom = Math.min(top + at.viewportPx, heightPx);
        expect(topPx + (end - first) * at.rowPx).toBeGreaterThanOrEqual(bottom - 1);
        expect(end - first).toBeLessThanOrEqual(at.viewportPx / at.rowPx + 16);
      }),
    );
  });

  it("hold a row that was scrolled to", () => {
    fc.assert(
      fc.property(scrolled, fc.nat(), (at, wanted) => {
        const row = wanted % at.count;
        const scrollTopPx = scrollTopFor(row, at) ?? at.scrollTopPx;
        const { first, end } = windowOf({ ...at, scrollTopPx });
        expect(row).toBeGreaterThanOrEqual(first);
        expect(row).toBeLessThan(end);
      }),
    );
  });

  it("reach the last of five million", () => {
    const { end } = windowOf({ count: 5_000_000, rowPx: 19, viewportPx: 600, scrollTopPx: MAX_HEIGHT_PX });

    expect(end).toBe(5_000_000);
  });
});
