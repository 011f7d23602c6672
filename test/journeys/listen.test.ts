import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { CLI, type Running, runChild, startChild, startProgram } from "../helpers/child.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { listWebhooks, SIMULATOR_KEY } from "../helpers/simulator-account.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** Starts `listen` on a folder, registered with a simulator of its own process, and the commands beside it. */
async function startListening(...flags: string[]) {
  await using stack = new AsyncDisposableStack();
  const dir = tempDir();
  stack.defer(() => dir[Symbol.dispose]());
  const simulator = stack.use(await startChild([CLI, "simulator", "--port", "0", "--json"]));
  const simulatorUrl = simulator.ready["simulatorUrl"] ?? "";
  const common = ["--data-dir", dir.path, "--listener-port", "0", "--ui-port", "0", "--api", simulatorUrl];
  const listen = stack.use(
    startProgram([CLI, "listen", ...common, ...flags], { APIVIDEO_API_KEY: SIMULATOR_KEY, TZ: "UTC" }),
  );
  const untilSays = (text: string | RegExp) =>
    vi.waitFor(() => expect(listen.stdout()).toMatch(text), { timeout: 10_000 });
  await untilSays(/The webhook is|"phase":"registered"/);
  const owned = stack.move();
  return {
    listen,
    untilSays,
    webhooks: () => listWebhooks(simulatorUrl),
    trigger: (...args: string[]) => runChild([CLI, "trigger", ...args, "--data-dir", dir.path]),
    run: (...args: string[]) => runChild([CLI, ...args, "--data-dir", dir.path]),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Ends it as Ctrl-C does. */
async function interrupt(listen: Running): Promise<number | null> {
  listen.process.kill("SIGINT");
  return (await listen.ended).code;
}

function jsonLines(listen: Running): { readonly kind: string; readonly [name: string]: unknown }[] {
  return listen
    .stdout()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("listen", () => {
  it("says a line per delivery and answer, and at Ctrl-C removes the webhook, counts, and ends with 0", async () => {
    await using receiver = await startReceiver();
    await using all = await startListening("--forward-to", receiver.url);
    expect(await all.webhooks()).toHaveLength(1);

    await all.trigger("video.encoding.quality.completed");
    await all.untilSays("[200]");
    receiver.status = 500;
    await all.trigger("video.caption.generated", "--signature", "wrong-secret");
    await all.untilSays("[500]");
    const replayed = await all.run("events", "replay", "d1");
    await all.untilSays("replay ");
    const code = await interrupt(all.listen);

    expect(replayed.stdout).toMatch(/^replay \[500\]/);
    const lines = all.listen
      .stdout()
      .replace(/^\d\d:\d\d:\d\d/gm, "TIME")
      .trim()
      .split("\n");
    expect(lines).toEqual([
      expect.stringMatching(/^Listening for deliveries on {2}http:\/\/127\.0\.0\.1:\d+$/),
      `They are forwarded to        ${receiver.url}/`,
      expect.stringMatching(/^Deliveries are kept in {7}\S/),
      "Press Ctrl+C to stop.",
      expect.stringMatching(/^The webhook is {15}webhook_\w+ for http:\/\/127/),
      expect.stringMatching(/^TIME {2}d1 {6}video\.encoding\.quality\.completed {2}hls 720p +\d+ B {2}verified$/),
      expect.stringMatching(/^TIME {2}d1 {6}forward \[200\] http.* ms\)$/),
      expect.stringMatching(/^TIME {2}d2 {6}video\.caption\.generated +en +\d+ B {2}failed \(wrong-secret\)$/),
      expect.stringMatching(/^TIME {2}d2 {6}forward \[500\] http.* ms\)$/),
      expect.stringMatching(/^TIME {2}d1 {6}replay {2}\[500\] http.* ms\)$/),
      expect.stringMatching(/^The webhook was removed: {5}webhook_\w+$/),
      "2 deliveries, 1 verified, 1 failed, 1 accepted, 2 refused, 0 without an answer",
    ]);
    expect({ code, stderr: all.listen.stderr() }).toEqual({ code: 0, stderr: "" });
    expect(await all.webhooks()).toEqual([]);
  });

  it("says the same as JSON lines, only of the types that were asked for, with a target that is down", async () => {
    const receiver = await startReceiver();
    await receiver[Symbol.asyncDispose]();
    await using all = await startListening(
      ...["--forward-to", receiver.url, "--format", "json", "--events", "live-stream"],
    );

    await all.trigger("video.caption.generated");
    await all.trigger("live-stream.broadcast.started");
    await all.untilSays(/"kind":"answer"/);
    const code = await interrupt(all.listen);

    const lines = jsonLines(all.listen);
    const ofKind = (kind: string) => lines.filter((line) => line.kind === kind);
    expect(lines[0]).toMatchObject({ kind: "ready", pid: all.listen.process.pid, query: "type:live-stream" });
    expect(Object.keys(lines[0] ?? {})).not.toContain("token");
    expect(ofKind("target")).toMatchObject([{ target: { state: "down" } }]);
    expect(ofKind("delivery")).toMatchObject([{ delivery: { id: "d2", verification: { state: "verified" } } }]);
    expect(ofKind("answer")).toMatchObject([
      { attempt: { deliveryId: "d2", kind: "forward", outcome: { kind: "unreachable", reason: "refused" } } },
    ]);
    expect(lines.at(-1)).toMatchObject({ kind: "summary", deliveries: 1, accepted: 0, unanswered: 1 });
    expect(code).toBe(0);
  });

  it("prints the secret of the webhook that it made, when asked to and nowhere else", async () => {
    await using all = await startListening("--print-secret");
    await using other = await startListening();
    const [webhook] = await all.webhooks();
    const [another] = await other.webhooks();

    await all.untilSays(`Its secret is                ${webhook?.signatureSecret}\n`);

    expect(webhook?.signatureSecret).toMatch(/\S{20,}/);
    expect(all.listen.stdout().split(webhook?.signatureSecret ?? "")).toHaveLength(2);
    expect(other.listen.stdout() + all.listen.stderr()).not.toContain(another?.signatureSecret);
  });

  it("shows what a sender wrote as text, whatever a terminal would make of it", async () => {
    await using all = await startListening();
    const [, listenerUrl = ""] = /deliveries on +(\S+)/.exec(all.listen.stdout()) ?? [];

    await sendDelivery(listenerUrl, { body: JSON.stringify({ type: "x\u001b[2J\r\u009b\u202ey\nz" }) });
    await all.untilSays(/ d1 /);
    await interrupt(all.listen);

    expect(all.listen.stdout()).toContain("x\\u001b[2J\\u000d\\u009b\\u202ey\\u000az");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
    expect(all.listen.stdout()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("ends quietly when nobody reads its output any more, and removes its webhook all the same", async () => {
    await using all = await startListening();

    all.listen.process.stdout?.destroy();
    await all.trigger("video.caption.generated");
    const { code } = await all.listen.ended;

    expect({ code, stderr: all.listen.stderr() }).toEqual({ code: 0, stderr: "" });
    expect(await all.webhooks()).toEqual([]);
  });

  it("refuses a search that cannot be read, with what to do", async () => {
    using dir = tempDir();

    const unread = await runChild([CLI, "listen", "--query", "sig:fialed", "--data-dir", dir.path]);

    expect(unread).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("sig: does not take") });
  });

  it("takes keys on a terminal: shows them, says where the UI is where there is no screen, and quits", async () => {
    using dir = tempDir();
    const command = [process.execPath, CLI, "listen", "--standalone"].join(" ");
    // script gives it a terminal of its own.
    const terminal = spawn("script", ["-qefc", command, "/dev/null"], {
      env: { PATH: process.env["PATH"], HOME: dir.path, TERM: "xterm" },
    });
    let output = "";
    terminal.stdout.on("data", (chunk) => (output += chunk));

    await vi.waitFor(() => expect(output).toContain("Press ? for the keys."), { timeout: 10_000 });
    terminal.stdin.write("?");
    await vi.waitFor(() => expect(output).toContain("o  open it in the browser"), { timeout: 10_000 });
    terminal.stdin.write("r");
    await vi.waitFor(() => expect(output).toContain("Nothing has arrived yet."), { timeout: 10_000 });
    terminal.stdin.write("o");
    await vi.waitFor(() => expect(output).toMatch(/It is at http:\/\/127\.0\.0\.1:\d+\/#token=/), { timeout: 10_000 });
    terminal.stdin.write("q");

    const [code] = await once(terminal, "close");
    expect(code).toBe(0);
    expect(output).toMatch(/0 deliver/);
  });
});
