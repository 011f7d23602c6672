import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanQuery } from "#shared/search/scan-query.ts";
import { suggest } from "../../../../src/renderer/features/search/suggest.ts";
import { sampleDelivery } from "../../samples.ts";

const DELIVERIES = [
  sampleDelivery({ id: "d9", subject: { videoId: "viNew, odd" }, type: "made.up" }),
  sampleDelivery({ id: "d8", lastAttempt: { status: 418, ms: 1, verdict: "refused" } }),
  sampleDelivery({ id: "d7" }),
];

/** The draft after each suggestion was taken; `|` is where the caret stands. */
function offered(marked: string): string[] {
  const caret = marked.indexOf("|");
  const draft = marked.replace("|", "");
  return suggest(draft, caret, DELIVERIES).map(
    ({ start, end, text }) => draft.slice(0, start) + text + draft.slice(end),
  );
}

describe("what is offered in the filter", () => {
  it("is all keys where nothing is written yet, and those that begin so where something is", () => {
    expect(offered("|")).toContain("note:");
    expect(offered("hls |")).toContain("hls sig:");
    expect(offered("hls s| x").slice(0, 3)).toEqual(["hls sig: x", "hls status: x", "hls source: x"]);
    expect(offered("-sou|")[0]).toBe("-source:");
  });

  it("is what a word means besides: states, types by title, causes and flags", () => {
    expect(offered("fail|")).toEqual(["sig:failed"]);
    expect(offered("rendition|")).toEqual(["type:video.encoding.quality.completed"]);
    expect(offered("-reser|")).toEqual(["-cause:reserialised-body"]);
    expect(offered("720p|")).toEqual([]);
  });

  it("is nothing for an operator of other searches, which is at fault as it stands", () => {
    expect(offered("x NOT|")).toEqual([]);
    expect(offered("x not|")).toContain("x note:");
  });

  it("is what words one after the other name, as a row or the language writes them", () => {
    expect(offered("hls wrong secret|")[0]).toBe("hls cause:wrong-secret");
    expect(offered("hls wrong secret|")).not.toContain("hls wrong cause:wrong-secret");
    expect(offered("unknown web| x")[0]).toBe("cause:unknown-webhook x");
    expect(offered("wrong|")[0]).toBe("cause:wrong-secret");
    expect(offered("re-seri|")).toEqual(["cause:reserialised-body"]);
    expect(offered("live started|")[0]).toBe("type:live-stream.broadcast.started");
    expect(offered("-wrong secret|")[0]).toBe("-wrong cause:wrong-secret");
    expect(offered("secret|").slice(0, 2)).toEqual(["cause:wrong-secret", "cause:secret-form"]);
  });

  it("is a status that your server can answer, seen or not", () => {
    expect(offered("200|")).toEqual(["status:200"]);
    expect(offered("-418|")).toEqual(["-status:418"]);
    expect(offered("5xx|")).toEqual(["status:5xx"]);
    expect(offered("3xx|")).toEqual(["status:3xx"]);
    expect(offered("unreach|")).toEqual(["status:unreachable"]);
    expect(offered("720|")).toEqual([]);
  });

  it("is the known fields of a body that begin so, and then the values that are documented or occur", () => {
    expect(offered("qual|")[0]).toBe("quality=");
    expect(offered("-videoid|")).toEqual(["-videoId="]);
    expect(offered("type|")).not.toContain("type=");
    expect(offered("encoding=|")).toEqual(["encoding=hls", "encoding=mp4"]);
    expect(offered("-quality=720p,1|")).toEqual(["-quality=720p,1080p"]);
    expect(offered("videoId=|")).toEqual(['videoId="viNew, odd"', "videoId=vi1"]);
    expect(offered("made.up=|")).toEqual([]);
  });

  it("is the values of a key, of which those that fit stay", () => {
    expect(offered("sig:|")).toEqual(["sig:verified", "sig:failed", "sig:unsigned", "sig:unchecked"]);
    expect(offered("x SIG:un| y")).toEqual(["x sig:unsigned y", "x sig:unchecked y"]);
    expect(offered("type:live|")).toEqual([
      "type:live-stream.broadcast.started",
      "type:live-stream.broadcast.ended",
      "type:video.source.recorded",
    ]);
    expect(offered("sig:failed|")).toEqual([]);
  });

  it("is one more value after a comma, without those that are there", () => {
    expect(offered("sig:failed,|")).toEqual(["sig:failed,verified", "sig:failed,unsigned", "sig:failed,unchecked"]);
    expect(offered("sig:v|,failed")).toEqual(["sig:verified,failed"]);
    expect(offered("sig:,,unc|")).toEqual(["sig:unchecked"]);
  });

  it("is what occurs in the list, newest first, once each", () => {
    expect(offered("id:|")).toEqual(["id:d9", "id:d8", "id:d7"]);
    expect(offered("video:|")).toEqual(['video:"viNew, odd"', "video:vi1"]);
    expect(offered("type:made|")).toEqual(["type:made.up"]);
    expect(offered("status:4|")).toEqual(["status:4xx", "status:418"]);
  });

  it("never throws, and takes the place of what is written at the caret", () => {
    const part = fc.constantFrom("sig:", "video:", "type:", "-", '"', ",", " ", "s", "fa", "a=", "é");
    fc.assert(
      fc.property(fc.array(part), fc.nat(20), (parts, at) => {
        const draft = parts.join("");
        const caret = Math.min(at, draft.length);
        for (const { start, end, text, isWhole } of suggest(draft, caret, DELIVERIES)) {
          expect(start <= caret && caret <= end && end <= draft.length).toBe(true);
          // Two quotes may stand in the midst of a value that was written so; what has to be gone is a value that is empty.
          const values = scanQuery(text).flatMap((term) => term.values.map((value) => value.text));
          expect(isWhole && values.includes("")).toBe(false);
        }
      }),
      { examples: [[["sig:", "sig:", '"', '"', ","], 11]] },
    );
  });
});
