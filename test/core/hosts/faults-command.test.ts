import { describe, expect, it, vi } from "vitest";
import { deliveryLine } from "#core/hosts/cli/delivery-line.ts";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { CLI, runChild, startChild } from "../../helpers/child.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { sampleDelivery } from "../../renderer/samples.ts";

it("a line about a delivery names the fault that its answer follows from", () => {
  const lastAttempt = { status: 401, ms: 1, verdict: "refused", fault: { kind: "wrong-secret", every: 1 } } as const;

  expect(deliveryLine(sampleDelivery({ lastAttempt }))).toMatch(/→ 401 \(fault: Signed with a wrong secret\)$/);
});

describe("faults", () => {
  it("puts a fault into what the running app forwards, says what it does, and clears it", async () => {
    await using receiver = await startReceiver();
    using dir = tempDir();
    const ports = ["--listener-port", "0", "--ui-port", "0", "--no-open", "--forward-to", receiver.url];
    await using app = await startChild([CLI, "serve", "--json", "--data-dir", dir.path, ...ports]);
    const faults = (...args: string[]) => runChild([CLI, "faults", ...args, "--data-dir", dir.path]);

    const set = await faults("set", "duplicate", "times=3", "--next", "2");
    await sendDelivery(app.ready["listenerUrl"] ?? "", {});
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(3), { timeout: 5_000 });
    const cleared = await faults("clear");

    expect(set).toEqual({ code: 0, stderr: "", stdout: "The next 2 deliveries are sent 3 times.\n" });
    expect(cleared.stdout).toBe("No fault: deliveries are forwarded as they came.\n");
  });

  it.each([
    [["set", "drop", "--next", "1"], 6, "No inspector runs on "],
    [["show"], 6, "No inspector runs on "],
    [["set", "explode", "--next", "1"], 2, 'There is no fault "explode". Use one of duplicate, '],
    [["set", "drop"], 2, "Say for how many deliveries with --next N, or --until-cleared."],
    [["set", "drop", "--next", "0"], 2, "Use a number from 1 to 100000."],
    [["set", "delay", "--until-cleared"], 2, "ms: A whole number from 1 to 600000."],
    [["set", "delay", "seconds=3", "--next", "1"], 2, 'delay has no "seconds". It has ms, every.'],
    [["set", "missing-header", "name=Host", "--next", "1"], 2, "name: No request can be sent without this header."],
  ])("says what is wrong with %j", async (args, code, message) => {
    using dir = tempDir();

    const ended = await runChild([CLI, "faults", ...args, "--data-dir", dir.path]);

    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(message) });
  });
});
