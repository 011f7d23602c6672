import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { untilAborted } from "#core/lib/until-aborted.ts";

describe("work that somebody waits for until a signal aborts", () => {
  it("gives what it gave, and leaves nothing at the signal", async () => {
    const { signal } = new AbortController();

    expect(await untilAborted(Promise.resolve("done"), signal)).toBe("done");
    await expect(untilAborted(Promise.reject(new Error("broke")), signal)).rejects.toThrow("broke");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("gives nothing once the signal aborts, or where it had already", async () => {
    const controller = new AbortController();
    const never = new Promise<string>(() => {});

    const waiting = untilAborted(never, controller.signal);
    controller.abort();

    expect(await waiting).toBeUndefined();
    expect(await untilAborted(Promise.resolve("late"), controller.signal)).toBeUndefined();
  });
});
