import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { type BatchRow, createAppend } from "#core/store/append-batch.ts";
import { migrate } from "#core/store/migrations.ts";
import { createSearchIndex } from "#core/store/search-index.ts";

/** A database that can be full: then it grows by no page. */
function openDatabase() {
  const db = new Sqlite(":memory:");
  migrate(db);
  return {
    db,
    fill: () => db.pragma(`max_page_count = ${db.pragma("page_count", { simple: true })}`),
    makeRoom: () => db.pragma("max_page_count = 1000000"),
    [Symbol.dispose]: () => void db.close(),
  };
}

function batch(text: string, path = "/") {
  const row: BatchRow = {
    ...{ receivedAt: 1_000, lastByteAt: 1_000, verifiedAt: 1_000, source: "received", originRow: null },
    ...{ method: "POST", path, type: null, detail: null, emittedAt: null, videoId: null, liveStreamId: null },
    ...{ state: "unsigned", cause: null, webhookId: "webhook_1", status: 202, incomplete: null, headers: "[]" },
    bodyBytes: Buffer.byteLength(text),
  };
  return { rows: [row], bodies: new Uint8Array(Buffer.from(text)), finished: [] };
}

/** More than fits into the pages that a small database has. */
const LARGE = "x".repeat(200_000);

describe("a disk that was full for a while", () => {
  it("does not take the retry of a delivery for its repetition", () => {
    using disk = openDatabase();
    const append = createAppend(disk.db);

    disk.fill();
    expect(() => append([batch(LARGE)], 1)).toThrow(expect.objectContaining({ code: "SQLITE_FULL" }));
    disk.makeRoom();
    const [retry] = append([batch(LARGE)], 1);
    const [repetition] = append([batch(LARGE)], 2);

    expect(retry).toEqual({ firstRow: 1, repeats: [0] });
    expect(repetition).toEqual({ firstRow: 2, repeats: [1] });
  });

  it.each(["/hook", `/${"long".repeat(4_000)}`])("still finds repetitions of %.10s… within one transaction", (path) => {
    using disk = openDatabase();
    const append = createAppend(disk.db);

    const appended = append([batch("a", path), batch("a", path), batch("b", path), batch("a", `${path}2`)], 1);

    expect(appended.map(({ repeats }) => repeats)).toEqual([[0], [1], [0], [0]]);
  });

  it("leaves no delivery out of the search", () => {
    using disk = openDatabase();
    const append = createAppend(disk.db);
    const search = createSearchIndex(disk.db);
    const manyWords = Array.from({ length: 6_000 }, (_, n) => `word${n}`).join(" ");
    append([batch("small", "/first"), batch(manyWords, "/second")], 1);

    disk.fill();
    expect(() => search.index(10_000)).toThrow(expect.objectContaining({ code: "SQLITE_FULL" }));
    disk.makeRoom();
    append([batch("later", "/third")], 3);
    while (!search.index(10_000));

    const find = disk.db.prepare("SELECT rowid FROM search WHERE search MATCH ?").pluck();
    expect(["first", "second", "third"].map((word) => find.all(word))).toEqual([[1], [2], [3]]);
    expect(search.indexedUpTo()).toBe(3);
  });
});
