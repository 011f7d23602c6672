import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSseParser, type SseMessage } from "#shared/contract/sse-parser.ts";

function parse(pieces: readonly string[]): SseMessage[] {
  const messages: SseMessage[] = [];
  const parser = createSseParser((message) => messages.push(message));
  for (const piece of pieces) parser.push(piece);
  return messages;
}

describe("the event stream", () => {
  it("gives messages with their ids and skips comments", () => {
    const text = ': ping\n\nid: 1\ndata: {"a":1}\n\nid:2\ndata: first\ndata: second\n\n';

    expect(parse([text])).toEqual([
      { id: "1", data: '{"a":1}' },
      { id: "2", data: "first\nsecond" },
    ]);
  });

  it("reads the same however it is cut", () => {
    const text = 'id: 1\r\ndata: {"a":1}\r\n\r\n: ping\n\nid: 2\ndata: b\n\n';

    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const ends = [0, ...cuts.sort((a, b) => a - b), text.length];
        const pieces = ends.slice(1).map((end, index) => text.slice(ends[index], end));
        expect(parse(pieces)).toEqual(parse([text]));
      }),
    );
  });

  it("keeps a message for itself until it is whole", () => {
    expect(parse(["id: 1\ndata: x\n"])).toEqual([]);
  });

  it("gives up a stream that never ends a line", () => {
    expect(() => parse(["data: ", "x".repeat(9 * 1024 * 1024)])).toThrow(RangeError);
  });
});
