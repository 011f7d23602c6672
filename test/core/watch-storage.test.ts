import { describe, expect, it } from "vitest";
import { createEventBus } from "#core/event-bus.ts";
import { createProblems } from "#core/problems.ts";
import { storeFull } from "#core/store/open-database.ts";
import { watchStorage } from "#core/watch-storage.ts";
import { silentLog } from "../helpers/silent-log.ts";

function start() {
  const problems = createProblems(createEventBus(silentLog()));
  const disk: { error: Error | null } = { error: null };
  const append = watchStorage(async (delivery: string) => {
    if (disk.error !== null) throw disk.error;
    return `kept ${delivery}`;
  }, problems);
  return { append, disk, titles: () => problems.list().map(({ title }) => title) };
}

describe("a disk that is full", () => {
  it("is told of while deliveries are turned away, and no longer once one is kept", async () => {
    const { append, disk, titles } = start();

    disk.error = storeFull(undefined);
    await expect(append("a")).rejects.toMatchObject({ code: "store.full" });
    await expect(append("a")).rejects.toThrow();
    expect(titles()).toEqual(["The disk is full: new deliveries are turned away."]);
    disk.error = null;

    expect(await append("a")).toBe("kept a");
    expect(titles()).toEqual([]);
  });

  it("is not blamed for what it did not do", async () => {
    const { append, disk, titles } = start();

    disk.error = new Error("I/O");
    await expect(append("a")).rejects.toThrow("I/O");

    expect(titles()).toEqual(["New deliveries are turned away: they cannot be kept."]);
  });
});
