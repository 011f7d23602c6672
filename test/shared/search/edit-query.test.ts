import { describe, expect, it } from "vitest";
import { addTerm, removeTerm, setTerm, splitQuery } from "#shared/search/edit-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";

describe("a term of a search", () => {
  it("is added once, whatever else is written there", () => {
    const video = { kind: "field", key: "video", values: ["vi 1"] } as const;

    expect(addTerm("", video)).toBe('video:"vi 1"');
    expect(addTerm("720p  x", video)).toBe('720p  x video:"vi 1"');
    expect(addTerm('x video:"vi 1"', video)).toBe('x video:"vi 1"');
    expect(addTerm("x", video, true)).toBe('x -video:"vi 1"');
    expect(addTerm('"never closed', video)).toBe('video:"vi 1" "never closed');
  });

  it("takes the place of all others of its key", () => {
    expect(setTerm("after:1h hls after:2h sig:failed", "after", "10m")).toBe("hls sig:failed after:10m");
    expect(setTerm("hls after:1h", "after", null)).toBe("hls");
    expect(setTerm("", "before", "14:02")).toBe("before:14:02");
  });

  it("goes without a trace", () => {
    const [sig] = parseQuery("sig:failed").terms;
    if (sig === undefined) throw new Error("A search has a term.");

    expect(removeTerm("hls sig:failed 720p", sig)).toBe("hls 720p");
    expect(removeTerm("hls  -live sig:failed", sig)).toBe("hls  -live");
    expect(removeTerm("hls -sig:failed", sig)).toBe("hls -sig:failed");
  });

  it("takes the space around the whole with it, but only where it changes something", () => {
    const [sig] = parseQuery("sig:failed").terms;
    if (sig === undefined) throw new Error("A search has a term.");

    expect(setTerm("  hls  after:1h ", "after", null)).toBe("hls");
    expect(setTerm("  hls ", "after", null)).toBe("hls");
    expect(setTerm("after=1h hls", "after", null)).toBe("after=1h hls");
    expect(removeTerm("  hls sig:failed ", sig)).toBe("hls");
    expect(removeTerm("sig:failed", sig)).toBe("");
    expect(removeTerm("  hls ", sig)).toBe("  hls ");
    expect(splitQuery("  hls  ").rest).toBe("hls  ");
  });

  it("becomes a chip once it can be read; words and what is not finished stay text", () => {
    const { chips, rest } = splitQuery("hls sig:failed sig:fai -quality=720p 1080p");

    expect(chips.map(({ kind }) => kind)).toEqual(["field", "path"]);
    expect(rest).toBe("hls sig:fai 1080p");
    expect(splitQuery("sig:failed")).toMatchObject({ chips: [{ key: "sig" }], rest: "" });
  });

  it("stays text while it is typed, and becomes a chip with the space behind it", () => {
    expect(splitQuery("is:pinned sig:failed", true)).toMatchObject({ chips: [{ key: "is" }], rest: "sig:failed" });
    expect(splitQuery("is:pinned sig:failed ", true)).toMatchObject({
      chips: [{ key: "is" }, { key: "sig" }],
      rest: "",
    });
    expect(splitQuery("is:pinned hls ", true)).toMatchObject({ chips: [{ key: "is" }], rest: "hls " });
    expect(splitQuery("is:pinned  two  spaces", true)).toMatchObject({ rest: "two  spaces" });
  });
});
