import { describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import { setView } from "../../../src/renderer/state/store.ts";
import { sampleGap } from "../samples.ts";
import { app, callsOf, engine, openWindow, rows } from "./window.ts";

describe("the search for what was missed", () => {
  const dialog = { kind: "missed", gap: sampleGap({ to: null }) } as const;
  const missed = () => app.store.getState().missed;

  async function openDialog(): Promise<void> {
    openWindow();
    await vi.waitFor(() => expect(rows()).toEqual([]));
    setView(app.store, { dialog });
  }

  it("begins when its dialog opens, tells how far it is, and shows what it found", async () => {
    const hold = Promise.withResolvers<void>();
    engine.beforeAnswer = (name) => (name === "webhooks.reconcile" ? hold.promise : undefined);
    await openDialog();

    engine.publish("reconcile.progressed", { checkedVideos: 3, totalVideos: 12 });
    await vi.waitFor(() => expect(missed()).toEqual({ kind: "running", checkedVideos: 3, totalVideos: 12 }));
    hold.resolve();

    await vi.waitFor(() => expect(missed()).toMatchObject({ kind: "ready", value: { checkedVideos: 1 } }));
    // A gap that lasts is looked at up to now.
    expect(callsOf("webhooks.reconcile")[0]?.input).toEqual({ from: dialog.gap.from });
  });

  it("is stopped with its dialog, and what comes after is not shown", async () => {
    const hold = Promise.withResolvers<void>();
    engine.beforeAnswer = (name) => (name === "webhooks.reconcile" ? hold.promise : undefined);
    await openDialog();

    setView(app.store, { dialog: null });
    hold.resolve();

    await vi.waitFor(() => expect(callsOf("webhooks.cancelReconcile")).toHaveLength(1));
    await app.missed.stop();
    expect(missed()).toEqual({ kind: "none" });
  });

  it("says why it failed", async () => {
    engine.beforeAnswer = (name) => {
      if (name === "webhooks.reconcile") throw new AppError("api.key_missing", "There is no API key.");
    };
    await openDialog();

    await vi.waitFor(() =>
      expect(missed()).toEqual({ kind: "failed", code: "api.key_missing", message: "There is no API key." }),
    );
  });
});
