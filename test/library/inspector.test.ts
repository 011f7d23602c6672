import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { DeliveryDetail, DeliverySummary } from "#shared/domain/delivery.ts";
import type * as library from "../../src/library/index.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { projectRoot, runChild } from "../helpers/child.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { tempDir } from "../helpers/temp-dir.ts";

// As it is built: the sources would look for the engine beside themselves. By a path that types do not follow.
const LIBRARY = join(projectRoot, "out/library/index.js");
const { startInspector, InspectorError }: typeof library = await import(LIBRARY);

describe("an inspector of a test's own", () => {
  it("forwards what is triggered, signed with the secret that it tells, and waits for the answer", async () => {
    await using receiver = await startReceiver();
    await using inspector = await startInspector({ forwardTo: receiver.url });
    const [sent] = await inspector.trigger("video.encoding.quality.completed", { set: { quality: "720p" } });
    const found = await inspector.waitFor("quality=720p status:200");
    expect(found).toMatchObject({ id: sent?.id, source: "simulated", verification: { state: "verified" } });
    expect(Buffer.from(await inspector.body(found.id)).toString()).toContain('"quality":"720p"');
    await expect(
      inspector.call("verification.explain", { id: found.id, secret: inspector.webhookSecret }),
    ).resolves.toMatchObject({ state: "verified" });
  });

  it("finds what comes while it is waited for, and only what came after a delivery where that is asked", async () => {
    await using inspector = await startInspector();
    const waited = inspector.waitFor("path:/late");
    await sendDelivery(`${inspector.url}/late`, { body: '{"n":1}' });
    const first = await waited;
    expect(await inspector.waitFor("path:/late")).toMatchObject({ id: first.id });
    const next = inspector.waitFor("path:/late", { after: first });
    await sendDelivery(`${inspector.url}/late`, { body: '{"n":2}' });
    expect(Buffer.from(await inspector.body((await next).id)).toString()).toBe('{"n":2}');
  });

  it("says what came instead", async () => {
    await using inspector = await startInspector();
    await inspector.trigger("video.caption.generated");
    await expect(inspector.waitFor("type:video.source.recorded", { timeoutMs: 50 })).rejects.toMatchObject({
      code: "wait.timeout",
      message: expect.stringContaining("What came: d1 video.caption.generated verified."),
    });
  });

  it("replays to a target that it is given, edited, and keeps what was edited beside its origin", async () => {
    await using receiver = await startReceiver();
    await using inspector = await startInspector();
    const [delivery] = await inspector.trigger("video.caption.generated");
    receiver.status = 500;
    const attempt = await inspector.replay(delivery?.id ?? "", {
      to: receiver.url,
      edits: { body: "{}" },
      sign: "webhook",
    });
    expect(attempt).toMatchObject({ kind: "replay", outcome: { kind: "answered", status: 500 } });
    expect((await inspector.list()).map(({ source }) => source)).toEqual(["edited", "simulated"]);
  });

  it("forwards from when it is told to, and no more when told so", async () => {
    await using receiver = await startReceiver();
    await using inspector = await startInspector();
    await inspector.forwardTo(receiver.url);
    await inspector.trigger("video.caption.generated");
    await inspector.waitFor("status:200");
    await inspector.forwardTo(null);
    const [second] = await inspector.trigger("video.caption.generated");
    expect((await inspector.get(second?.id ?? "")).attempts).toEqual([]);
  });

  it("takes the folder that was made for it, and leaves the one that was given", async () => {
    using dir = tempDir();
    await using own = await startInspector({ dataDir: dir.path });
    const inspector = await startInspector();
    expect(existsSync(inspector.dataDir)).toBe(true);
    await inspector.stop();
    await own.stop();
    expect([existsSync(inspector.dataDir), existsSync(dir.path)]).toEqual([false, true]);
    await expect(inspector.list()).rejects.toMatchObject({ code: "host.disconnected" });
  });

  it("starts again on the folder that it left, with a secret that is told", async () => {
    using dir = tempDir();
    const first = await startInspector({ dataDir: dir.path });
    await first.trigger("video.caption.generated");
    await first.stop();
    await using again = await startInspector({ dataDir: dir.path });
    expect(again.webhookSecret).toMatch(/^sig_sec_/);
    expect(await again.list()).toHaveLength(1);
  });

  it("can be told another target than it was started with, and forgets it on the folder that it left", async () => {
    await using receiver = await startReceiver();
    using dir = tempDir();
    await using first = await startInspector({ dataDir: dir.path, forwardTo: 9 });
    await first.forwardTo(receiver.url);
    await first.trigger("video.caption.generated");
    await first.waitFor("status:200");
    await first.stop();
    await using again = await startInspector({ dataDir: dir.path });
    const [sent] = await again.trigger("video.caption.generated");
    expect(sent?.attempts).toEqual([]);
  });

  it("takes nothing from the variables that the developer has set", async () => {
    const script = `
      const { startInspector } = await import(${JSON.stringify(LIBRARY)});
      const inspector = await startInspector({ timeoutMs: 5_000 });
      const [{ verification, attempts }] = await inspector.trigger("video.caption.generated");
      await inspector.stop();
      console.log(verification.state, attempts.length);`;
    const variables = { API_KEY: "real", WEBHOOK_SECRET: "sig_sec_real", INSPECTOR_FORWARD_TO: "9" };
    const env = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`APIVIDEO_${name}`, value]));
    const ended = await runChild(["--input-type=module", "-e", script], env);
    expect(ended).toMatchObject({ stdout: "verified 0\n", code: 0 });
  });

  it("goes with a runner whose tests forgot to stop it, and with it its folder", async () => {
    const script = `
      const { startInspector } = await import(${JSON.stringify(LIBRARY)});
      console.log((await startInspector()).dataDir);`;
    const { stdout, code } = await runChild(["--input-type=module", "-e", script]);
    expect(code).toBe(0);
    await vi.waitFor(() => expect(existsSync(stdout.trim())).toBe(false), { timeout: 10_000 });
    expect(stdout).toContain("apivideo-inspector-");
  });

  it("says in words why it cannot start, and why a command was refused", async () => {
    await using inspector = await startInspector();
    const port = Number(new URL(inspector.url).port);
    await expect(startInspector({ listenerPort: port })).rejects.toThrow(/port/i);
    await expect(startInspector({ dataDir: inspector.dataDir })).rejects.toBeInstanceOf(InspectorError);
    await expect(inspector.list("is:")).rejects.toMatchObject({ code: "input.invalid" });
    await expect(inspector.get("d99")).rejects.toMatchObject({ code: "delivery.not_found" });
  });

  it("hands out what the engine's contract says", () => {
    // These are checked when types are: an engine that says something else does not fit.
    const delivery: library.Delivery = {} as DeliverySummary;
    const detail: library.DeliveryDetail = {} as DeliveryDetail;
    expect([delivery, detail]).toEqual([{}, {}]);
  });
});
