import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { tempDir } from "../../helpers/temp-dir.ts";
import { openTestStore } from "./test-store.ts";

describe("opening the store", () => {
  it("refuses a folder that another instance is using, and says so", async () => {
    using dir = tempDir();
    await using _first = await openTestStore(dir.path);

    await expect(openTestStore(dir.path)).rejects.toMatchObject({ code: "store.locked", message: /Another instance/ });
  });

  it("refuses a database of a newer version and leaves it as it is", async () => {
    using dir = tempDir();
    const db = new Sqlite(join(dir.path, "inspector.db"));
    db.exec("CREATE TABLE of_the_future (text); INSERT INTO of_the_future VALUES ('kept')");
    db.pragma("user_version = 999");
    db.close();
    const before = readFileSync(join(dir.path, "inspector.db"));

    await expect(openTestStore(dir.path)).rejects.toMatchObject({ code: "store.newer", message: /newer version/ });

    expect(readFileSync(join(dir.path, "inspector.db")).equals(before)).toBe(true);
    expect(readdirSync(dir.path)).toEqual(["inspector.db"]);
  });

  it("refuses a file that is no database and leaves its bytes alone", async () => {
    using dir = tempDir();
    const file = join(dir.path, "inspector.db");
    writeFileSync(file, "not a database, but somebody's file ".repeat(50));

    await expect(openTestStore(dir.path)).rejects.toMatchObject({ code: "store.corrupt" });
    expect(readFileSync(file, "utf8")).toBe("not a database, but somebody's file ".repeat(50));
  });

  it("says so when the folder is a file", async () => {
    using dir = tempDir();
    const file = join(dir.path, "taken");
    writeFileSync(file, "");

    await expect(openTestStore(file)).rejects.toMatchObject({ code: "store.unwritable" });
  });

  it("says so where no folder can be made at all", async ({ skip }) => {
    skip(process.platform !== "linux", "only Linux has a /proc that refuses folders");
    await expect(openTestStore("/proc/nowhere/deeper")).rejects.toMatchObject({ code: "store.unwritable" });
  });

  it("makes the folders above its own where they are missing", async () => {
    using dir = tempDir();

    await using store = await openTestStore(join(dir.path, "a", "b"));

    expect(store.counts.total).toBe(0);
    expect(statSync(join(dir.path, "a", "b")).mode & 0o777).toBe(0o700);
  });

  it("keeps folder and files to their owner", async () => {
    using dir = tempDir();
    chmodSync(dir.path, 0o755);

    await using _store = await openTestStore(dir.path);

    expect(statSync(dir.path).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir.path, "inspector.db")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir.path, "inspector.db-wal")).mode & 0o777).toBe(0o600);
  });
});
