import { describe, expect, it } from "vitest";
import { MAX_IMPORT_CHARS } from "#shared/contract/import-commands.ts";
import { guessImportFormat, importWords, placeWords } from "#shared/import/import-words.ts";
import { sendImport } from "#shared/import/send-import.ts";
import { splitImport } from "#shared/import/split-import.ts";
import { startEngine } from "../../helpers/start-engine.ts";

const LINE = JSON.stringify({ method: "POST", path: "/", headers: [], bodyBase64: "" });

describe("a file that is imported in parts", () => {
  it("has its own numbers in what is left out, and all ids in order", async () => {
    await using started = await startEngine({ connect: false });
    const lines = Array.from({ length: 1_100 }, (_, index) => ((index + 1) % 550 === 0 ? "oops" : LINE));
    const counts: number[] = [];

    const imported = await sendImport(started.client, { format: "jsonl", text: lines.join("\n") }, (all) =>
      counts.push(all.imported),
    );

    expect(imported.skipped.map(({ number }) => number)).toEqual([550, 1_100]);
    expect(imported.ids).toEqual(Array.from({ length: 1_098 }, (_, index) => `d${index + 1}`));
    expect(counts).toEqual([500, 999, 1_098]);
    expect(importWords(imported)).toBe("1098 imported, 2 left out");
  });

  it("leaves out a line that is longer than one call takes, and goes on behind it", async () => {
    await using started = await startEngine({ connect: false });
    const text = `${LINE}\n"${"x".repeat(MAX_IMPORT_CHARS)}"\n${LINE}`;

    const imported = await sendImport(started.client, { format: "jsonl", text });

    expect(imported).toMatchObject({ imported: 2, skipped: [{ number: 2, why: expect.stringContaining("longer") }] });
  });

  it("fails as a whole where it is no HAR, also an empty one", async () => {
    await using started = await startEngine({ connect: false });
    const send = (text: string) => sendImport(started.client, { format: "har", text });

    await expect(send("{}")).rejects.toMatchObject({ code: "input.invalid", message: /no HAR/ });
    expect(await send('\ufeff{"log":{"entries":[]}}')).toMatchObject({ imported: 0, skipped: [] });
    expect([...splitImport("jsonl", "")]).toEqual([{ text: "", first: 1 }]);
  });
});

it.each([
  ["a.HAR", "", "har"],
  ["a.jsonl", '{"log":{}}', "jsonl"],
  ["a.ndjson", "", "jsonl"],
  ["-", '\ufeff\n{ "log" : {', "har"],
  ["a.json", '{"method":"POST"}\n{"log":1}', "jsonl"],
] as const)("%s that begins with %j is taken for %s", (name, text, format) => {
  expect(guessImportFormat(name, text)).toBe(format);
});

it("a place in a file has a name", () => {
  expect([placeWords("har", 2), placeWords("jsonl", 3)]).toEqual(["entry 2", "line 3"]);
});
