import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toJunit } from "#core/hosts/cli/fixtures/junit.ts";
import { terminalText } from "#core/hosts/cli/format.ts";
import { visible } from "#core/hosts/visible.ts";
import { CLI, runChild } from "../helpers/child.ts";
import { startRunningEngine } from "../helpers/running-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** What steers a terminal or turns the reading direction; line ends and tabs are the command's own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const HOSTILE = "<img src=x onerror=alert(1)>\u001b]0;gone\u0007\u009b2J\u202egpj.exe\u2066\u061c\0\ud800'\"`$(id)&";
const nested = (open: string, close: string) => `${open.repeat(10_000)}${close.repeat(10_000)}`;
const BODIES = [
  JSON.stringify({ type: HOSTILE, videoId: HOSTILE, quality: HOSTILE, text: "x".repeat(1_000_000) }),
  `{"type":"video.encoded","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"videoId":"../../etc"}`,
  `{"type":"video.encoded","deep":${nested('{"a":[', "]}")}}`,
  nested("[", "]"),
];

/** A running engine that has received all of it. */
async function startWithHostile(dataDir: string) {
  const started = await startRunningEngine({ dataDir });
  const headers = { "X-Note": "\u009b2J\u0085 <script>", "Content-Type": "text/html\u009bm" };
  for (const body of BODIES) {
    const answer = await fetch(`${started.engine.listenerUrl}/\u009b2J%1b[31m%00`, { method: "POST", body, headers });
    expect(answer.status).toBe(202);
  }
  return started;
}

describe("payloads that mean harm", () => {
  it("steer no terminal, and JSON is still the value that it was", { timeout: 60_000 }, async () => {
    using dir = tempDir();
    await using started = await startWithHostile(dir.path);
    const events = (...args: string[]) => runChild([CLI, "events", ...args, "--data-dir", dir.path]);

    const ended = await Promise.all([
      events("list"),
      events("list", "--format", "json"),
      events("get", "d1"),
      events("get", "d1", "--format", "json"),
      events("verify", "d1"),
    ]);

    for (const { code, stdout, stderr } of ended) {
      expect({ code: code === 0 || code === 5, stderr }).toEqual({ code: true, stderr: "" });
      expect(stdout).not.toMatch(STEERING);
    }
    const [, list, , one] = ended;
    const { items } = await started.client.call("deliveries.list", {});
    const told = started.events.flatMap((event) => (event.name === "delivery.received" ? [event.payload] : []));
    expect(told.toReversed()).toEqual(items);
    expect(
      list?.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(items);
    expect(items.at(-1)?.type).toBe(HOSTILE.toWellFormed());
    expect(JSON.parse(one?.stdout ?? "")).toMatchObject({ id: "d1", type: HOSTILE.toWellFormed() });
  });

  it("leave as JSON that can be read and as names that mean nothing to a file system", async () => {
    using dir = tempDir();
    await using started = await startWithHostile(dir.path);

    for (const format of ["har", "jsonl", "curl", "fixtures", "raw"] as const) {
      const { files, skipped } = await started.client.call("export.create", { format, query: "" });

      expect(skipped).toEqual([]);
      for (const { name, text } of files) {
        expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/);
        if (format === "curl") expect(text).not.toMatch(STEERING);
        else if (format !== "raw")
          for (const line of format === "jsonl" ? text.trim().split("\n") : [text]) JSON.parse(line);
      }
    }
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

const hostile = fc
  .array(fc.constantFrom("\u001b[31m", "\u009b2J", "\r", "\n", "\t", "\u202e", "\0", "\ud800", "a", '"'))
  .map((parts) => parts.join(""));

describe("text of others", () => {
  it("is the same JSON value when it is made visible", () => {
    fc.assert(
      fc.property(fc.jsonValue(), hostile, (value, text) => {
        const shown = visible(JSON.stringify([value, text]));

        expect(shown).not.toMatch(STEERING);
        expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify([value, text])));
      }),
    );
  });

  it("keeps its lines on a terminal, and nothing else of what steers it", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(terminalText(text)).not.toMatch(STEERING);
        expect(terminalText(text).split("\n")).toHaveLength(text.split("\n").length);
      }),
    );
  });

  it("adds nothing to the structure of a JUnit report", () => {
    const markup = fc.oneof(
      hostile,
      fc.constantFrom("]]>", "<failure>", "</testcase>", "<!--", "&lt;", "&#0;", '" x="'),
    );
    fc.assert(
      fc.property(markup, markup, markup, (suite, file, answer) => {
        const xml = toJunit(
          suite,
          [{ kind: "failed", file, status: 500, ms: 1, isSigned: true, expected: "2xx", answer }],
          1,
        );

        expect(xml).not.toMatch(STEERING);
        expect(xml.match(/<\/?[a-z?!]/g)).toEqual(["<?", "<t", "<t", "<t", "<f", "</f", "</t", "</t", "</t"]);
      }),
    );
  });
});
