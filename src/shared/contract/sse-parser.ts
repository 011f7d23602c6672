/** One message of a server-sent event stream: its `id` and its joined `data` lines. */
export interface SseMessage {
  readonly id: string | undefined;
  readonly data: string;
}

/** A message of this many characters is not from our engine; the stream is given up rather than collected. */
const MAX_MESSAGE_CHARS = 8 * 1024 * 1024;

/**
 * Reads a stream of text pieces, cut anywhere, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * Comments and messages without data are dropped. Throws RangeError on a message of more than 8 Mi characters.
 */
export function createSseParser(onMessage: (message: SseMessage) => void): { push(text: string): void } {
  let rest = "";
  let id: string | undefined;
  let data: string[] = [];

  const takeLine = (line: string): void => {
    if (line === "") {
      if (data.length > 0) onMessage({ id, data: data.join("\n") });
      data = [];
      return;
    }
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id") id = value;
    if (field === "data") data.push(value);
  };

  return {
    push(text) {
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) takeLine(line);
      if (rest.length > MAX_MESSAGE_CHARS) throw new RangeError("A message of the event stream is too long.");
    },
  };
}
