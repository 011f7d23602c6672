import { describe, expect, it } from "vitest";
import type { NewDelivery } from "#core/store/stored-delivery.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { newDelivery, openTestStore } from "./test-store.ts";

const NONE = { verified: 0, failed: 0, unsigned: 0, unchecked: 0 };

function deliveryAt(receivedAt: number, state: VerificationState): NewDelivery {
  return newDelivery(String(receivedAt), { receivedAt, verification: { state } });
}

describe("the activity of a time", () => {
  it("counts each state in its part of the time: what comes at its start belongs to it, what comes at its end does not", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    for (const [at, state] of [
      [999.9, "verified"],
      [1_000, "verified"],
      [1_099.9, "failed"],
      [1_100, "unsigned"],
      [1_150, "failed"],
      [1_200, "unchecked"],
    ] as const) {
      await store.append(deliveryAt(at, state));
    }

    const { counts, oldest, newest } = await store.activity(1_000, 1_200, 2);

    expect(counts).toEqual([
      { ...NONE, verified: 1, failed: 1 },
      { ...NONE, unsigned: 1, failed: 1 },
    ]);
    expect([oldest, newest]).toEqual(["d2", "d5"]);
  });

  it("goes back to the oldest delivery that is kept where no start is given, and says so", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    await store.append(deliveryAt(500, "verified"));
    await store.append(deliveryAt(900, "verified"));
    await store.hide(["d1"]);

    const { from, counts } = await store.activity(null, 1_000, 1);

    expect(from).toBe(900);
    expect(counts).toEqual([{ ...NONE, verified: 1 }]);
  });

  it("is empty, not broken, where nothing is kept", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);

    const { counts, newest } = await store.activity(null, 1_000, 3);

    expect(counts).toEqual([NONE, NONE, NONE]);
    expect(newest).toBeNull();
  });

  it("follows a signature that is checked anew", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    await store.append(deliveryAt(500, "unchecked"));

    await store.setVerification("d1", { state: "verified" });

    expect((await store.activity(0, 1_000, 1)).counts).toEqual([{ ...NONE, verified: 1 }]);
  });

  it("is a command, whose times are checked before they are used", async () => {
    await using started = await startEngine();
    const { ids } = await started.client.call("simulator.trigger", { type: "video.encoding.quality.completed" });
    const to = new Date(Date.now() + 60_000).toISOString();

    const activity = await started.client.call("deliveries.activity", { to, buckets: 1 });

    expect(activity).toMatchObject({ buckets: [{ ...NONE, verified: 1 }], oldest: ids[0], newest: ids[0], to });
    await expect(started.client.call("deliveries.activity", { to: "soon", buckets: 1 })).rejects.toMatchObject({
      code: "input.invalid",
    });
  });
});
