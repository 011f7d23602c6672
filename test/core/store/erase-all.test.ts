import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { Store } from "#core/store/store.ts";
import { canary } from "../../helpers/canary.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { clock, newDelivery, openTestStore } from "./test-store.ts";

/** More than the index keeps up with. */
const MANY = 12_000;

async function add(store: Store, count: number, text: string): Promise<void> {
  const added = await Promise.all(Array.from({ length: count }, (_, n) => store.append(newDelivery(`${text} n${n}`))));
  for (const { answered } of added) answered(clock.now());
}

function bytesOf(dataDir: string): string {
  return readdirSync(dataDir)
    .map((name) => readFileSync(join(dataDir, name), "latin1"))
    .join();
}

describe("erasing all", () => {
  it("leaves no word of it, also where the search index was behind", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    const word = canary();
    await add(store, MANY, word);

    const searches: Promise<unknown>[] = [];

    // Each search has the index go on, between what is erased and what is not yet.
    expect(await store.eraseAll(() => void searches.push(store.list(word, {}, 1)))).toBe(MANY);
    await Promise.all(searches);
    await store.append(newDelivery("later"));
    expect(await store.list(word, {}, 10)).toMatchObject({ total: 0, items: [] });
    await store.scrub([]);

    expect(await store.list(word, {}, 10)).toMatchObject({ total: 0, items: [] });
    expect(await store.list("later", {}, 10)).toMatchObject({ total: 1 });
    expect(bytesOf(dir.path)).not.toContain(word);
  });

  it("comes to its end while deliveries stream in, and leaves those that came after it began", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    await add(store, 5_000, "before");
    const streamed: Promise<unknown>[] = [];

    const erased = await store.eraseAll(() => {
      if (streamed.length < 50) streamed.push(store.append(newDelivery("after")));
    });
    await Promise.all(streamed);

    expect(erased).toBe(5_000);
    expect(await store.list("after", {}, 10)).toMatchObject({ total: streamed.length });
  });

  it("leaves no time of a commit, but those of what came since", async () => {
    using dir = tempDir();
    {
      await using store = await openTestStore(dir.path);
      await add(store, 10, "before");
      await store.eraseAll(() => {});
      await add(store, 3, "after");
      await store.scrub([]);
      expect(await store.list("", {}, 10)).toMatchObject({ total: 3 });
    }
    const db = new Sqlite(join(dir.path, "inspector.db"), { readonly: true });
    const commits = db.prepare("SELECT first_id FROM commits ORDER BY first_id").pluck().all();
    db.close();

    expect(Math.min(...(commits as number[]))).toBe(11);
  });
});
