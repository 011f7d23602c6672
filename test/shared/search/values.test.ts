import { describe, expect, it } from "vitest";
import { isDeliveryId, parseStatus, typesTitled } from "#shared/search/values.ts";

describe("a value of a search", () => {
  it.each([
    ["none", { kind: "none" }],
    ["None", { kind: "none" }],
    ["accepted", { kind: "verdict", verdict: "accepted" }],
    ["Refused", { kind: "verdict", verdict: "refused" }],
    ["unreachable", { kind: "verdict", verdict: "unreachable" }],
    ["500", { kind: "range", low: 500, high: 500 }],
    ["100", { kind: "range", low: 100, high: 100 }],
    ["999", { kind: "range", low: 999, high: 999 }],
    ["5xx", { kind: "range", low: 500, high: 599 }],
    ["4XX", { kind: "range", low: 400, high: 499 }],
  ])("%s is, as a status, %o", (text, status) => {
    expect(parseStatus(text)).toEqual(status);
  });

  it.each(["", "0xx", "x5xx", "5xxx", "5x", "050", "50", "5000", "1500", "5a0", "50a", "no"])(
    "%s is no status",
    (text) => {
      expect(parseStatus(text)).toBeNull();
    },
  );

  it.each([
    ["rendition", ["video.encoding.quality.completed"]],
    ["READY", ["video.encoding.quality.completed", "video.caption.generated", "video.summary.generated"]],
    ["live rec", ["video.source.recorded"]],
    ["endition", []],
    ["ready live", []],
  ])("%s begins a word of the titles of %o", (text, types) => {
    expect(typesTitled(text)).toEqual(types);
  });

  it("is an id of a delivery where it is a d with a number", () => {
    for (const id of ["d1", "d12", `d${"9".repeat(15)}`]) expect([id, isDeliveryId(id)]).toEqual([id, true]);
    for (const id of ["d", "d0", "d01", "D1", "1", "xd1", "d1x", `d${"1".repeat(16)}`]) {
      expect([id, isDeliveryId(id)]).toEqual([id, false]);
    }
  });
});
