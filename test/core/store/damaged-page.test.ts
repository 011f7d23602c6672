import { closeSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempDir } from "../../helpers/temp-dir.ts";
import { addMany, newDelivery, openTestStore } from "./test-store.ts";

const PAGE_BYTES = 4_096;
/** So large that nearly all pages of the file belong to bodies. */
const BODY = "x".repeat(100_000);

/** A closed store of 30 deliveries; answers its file. */
async function fill(dir: string): Promise<string> {
  await using store = await openTestStore(dir);
  for (let n = 0; n < 30; n++) await store.append(newDelivery(`${n} ${BODY}`));
  return join(dir, "inspector.db");
}

function damage(file: string, page: number): void {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, page * PAGE_BYTES);
  closeSync(handle);
}

describe("a database with a damaged page", () => {
  it("that is needed from the start is refused, named, and left as it is", async () => {
    using dir = tempDir();
    const file = await fill(dir.path);
    // The roots of the first tables lie here.
    for (let page = 1; page < 20; page++) damage(file, page);
    const before = readFileSync(file);

    await expect(openTestStore(dir.path)).rejects.toMatchObject({
      code: "store.corrupt",
      message: expect.stringContaining(file),
    });

    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("of one body says so of that delivery, has all others, and keeps what comes", async () => {
    using dir = tempDir();
    const file = await fill(dir.path);
    // Two, because the last page of a body leads nowhere that could be found wrong.
    const middle = Math.floor(statSync(file).size / PAGE_BYTES / 2);
    for (const page of [middle, middle + 1]) damage(file, page);
    await using store = await openTestStore(dir.path);

    const read = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => store.content(`d${n + 1}`)));

    const broken = read.filter((one) => one.status === "rejected");
    expect(broken).toHaveLength(1);
    expect(broken[0]?.reason).toMatchObject({ code: "store.corrupt", message: expect.stringMatching(/is damaged/) });
    expect((await store.list("", {}, 100)).items).toHaveLength(30);
    const [added] = await addMany(store, 1);
    expect((await store.content(added?.id ?? ""))?.body).toEqual(new Uint8Array(Buffer.from("body 0")));
  });
});
