import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, it } from "vitest";
import { DATABASE_FILE } from "#core/store/open-database.ts";
import { findLost, killUnderLoad } from "../helpers/kill-under-load.ts";
import { tempDir } from "../helpers/temp-dir.ts";

it("loses no delivery that it acknowledged when it is killed under load, and has none twice", {
  timeout: 60_000,
}, async () => {
  using dir = tempDir();
  const acknowledged: number[] = [];
  for (const [round, killAfterMs] of [30, 120, 250, 400].entries()) {
    acknowledged.push(...(await killUnderLoad(dir.path, round * 1_000_000, killAfterMs)));
  }
  expect(acknowledged.length).toBeGreaterThan(100);

  const { lost, doubled } = await findLost(dir.path, acknowledged);

  expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
  using db = closing(new Sqlite(join(dir.path, DATABASE_FILE), { readonly: true }));
  expect(db.value.pragma("integrity_check", { simple: true })).toBe("ok");
});

function closing(value: Sqlite.Database): Disposable & { value: Sqlite.Database } {
  return { value, [Symbol.dispose]: () => value.close() };
}
