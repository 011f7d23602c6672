import { existsSync, readdirSync, statSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { CLI, type Ended, type Running, runChild, startChild, startProgram } from "../helpers/child.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const FREE_PORTS = ["--listener-port", "0", "--ui-port", "0"];

/** A `serve` on a folder, and the commands that meet it there. */
async function startServing(...flags: string[]) {
  await using stack = new AsyncDisposableStack();
  const dir = tempDir();
  stack.defer(() => dir[Symbol.dispose]());
  const serve = stack.use(await startChild([CLI, "serve", "--json", "--data-dir", dir.path, ...FREE_PORTS, ...flags]));
  const owned = stack.move();
  return {
    ...{ serve, dir: dir.path },
    run: (...args: string[]): Promise<Ended> => runChild([CLI, ...args, "--data-dir", dir.path]),
    start: (...args: string[]): Running => startProgram([CLI, ...args, "--data-dir", dir.path], { TZ: "UTC" }),
    send: (body?: string) => sendDelivery(serve.ready["listenerUrl"] ?? "", body === undefined ? {} : { body }),
    isUp: async () => (await fetch(serve.ready["listenerUrl"] ?? "", { method: "POST" })).status === 202,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function untilSays(program: Running, text: string | RegExp): Promise<void> {
  return vi.waitFor(() => expect(program.stdout()).toMatch(text), { timeout: 10_000 });
}

describe("a second listen on a folder", () => {
  it("follows the inspector that runs there, from how things stand on, and leaves it running at Ctrl-C", async () => {
    await using receiver = await startReceiver();
    await using all = await startServing("--forward-to", receiver.url);
    await all.send();
    await using listen = all.start("listen", ...FREE_PORTS);
    await untilSays(listen, "The webhook is");

    await all.send(JSON.stringify({ type: "video.caption.generated", language: "de" }));
    await untilSays(listen, "[200]");
    listen.process.kill("SIGINT");
    const { code, stdout, stderr } = await listen.ended;

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(
      stdout
        .replace(/^\d\d:\d\d:\d\d/gm, "TIME")
        .trim()
        .split("\n"),
    ).toEqual([
      `An inspector runs already:   process ${all.serve.process.pid}, which is followed from here`,
      `Listening for deliveries on  ${all.serve.ready["listenerUrl"]}`,
      `They are forwarded to        ${receiver.url}/`,
      expect.stringMatching(/^Deliveries are kept in {7}\S/),
      "Press Ctrl+C to leave; the inspector goes on.",
      expect.stringMatching(/^The webhook is {15}webhook_\w+ for http:\/\/127/),
      expect.stringMatching(/^TIME {2}d2 {6}video\.caption\.generated +de +\d+ B {2}unsigned$/),
      expect.stringMatching(/^TIME {2}d2 {6}forward \[200\] http.* ms\)$/),
      "1 delivery, 0 verified, 0 failed, 1 unsigned, 1 accepted, 0 refused, 0 without an answer",
    ]);
    expect(await all.isUp()).toBe(true);
  });

  it("says the same as JSON lines, and only what a search finds", async () => {
    await using all = await startServing();
    await using listen = all.start("listen", "--format", "json", "--query", "language=de");
    await untilSays(listen, '"kind":"registration"');

    await all.send(JSON.stringify({ type: "video.caption.generated", language: "en" }));
    await all.send(JSON.stringify({ type: "video.caption.generated", language: "de" }));
    await untilSays(listen, '"kind":"delivery"');
    listen.process.kill("SIGINT");
    const { stdout } = await listen.ended;

    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ kind: "ready", isAttached: true, pid: all.serve.process.pid, dataDir: all.dir });
    expect(JSON.stringify(lines)).not.toContain(all.serve.ready["token"]);
    expect(lines.filter(({ kind }) => kind === "delivery").map(({ delivery }) => delivery.id)).toEqual(["d2"]);
    expect(lines.at(-1)).toMatchObject({ kind: "summary", deliveries: 1 });
  });

  it("meets one that comes up at the same moment, whichever of them is first", async () => {
    using dir = tempDir();
    const start = () => startProgram([CLI, "listen", "--data-dir", dir.path, ...FREE_PORTS, "--format", "json"]);
    await using one = start();
    await using other = start();

    await Promise.all([untilSays(one, '"phase":"registered"'), untilSays(other, '"phase":"registered"')]);

    const ready = [one, other].map((listen) => JSON.parse(listen.stdout().split("\n")[0] ?? ""));
    expect(ready.map(({ isAttached }) => isAttached).toSorted()).toEqual([false, true]);
    expect(ready[0].listenerUrl).toBe(ready[1].listenerUrl);
  });

  it("ends with 6 when the inspector does, and says what to do", async () => {
    await using all = await startServing();
    await using listen = all.start("listen");
    await untilSays(listen, "The webhook is");

    await all.serve.end("SIGTERM");
    const { code, stdout, stderr } = await listen.ended;

    expect(code).toBe(6);
    expect(stdout).toContain("0 deliveries");
    expect(stderr).toMatch(/has ended, so nothing is received any more. Start it again/);
  });

  it.each([
    ["--forward-to", "1"],
    ["--tunnel", "localtunnel"],
    ["--api", "sandbox"],
    ["--listener-port", "1"],
    ["--ui-port", "1"],
    ["--relay"],
    ["--skip-verify", "--forward-to", "3999"],
    ["--headers", "X-Env: dev", "--forward-to", "3999"],
    ["--print-secret"],
  ])("refuses %s, which counts where one is started, and says what to do", async (...args) => {
    await using all = await startServing("--forward-to", "3999");

    const { code, stdout, stderr } = await all.run("listen", ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`${args[0]} counts at its start only. Leave the flag out, stop that inspector first`);
    expect(stderr).toContain("--standalone");
  });
});

describe("a second serve on a folder", () => {
  it("says where the first one is and ends, as long as it asks for nothing else", async () => {
    await using all = await startServing("--forward-to", "3999");
    const { listenerUrl, uiUrl } = all.serve.ready;

    const same = await all.run("serve", "--no-open", "--forward-to", "3999", ...FREE_PORTS);
    const other = await all.run("serve", "--no-open", "--forward-to", "4000");

    expect(same).toMatchObject({ code: 0, stderr: "" });
    expect(same.stdout).toContain(`as process ${all.serve.process.pid}, on ${all.dir}`);
    expect(same.stdout).toContain(listenerUrl);
    expect(same.stdout).toContain(uiUrl);
    expect(other).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--forward-to counts at its") });
    expect(await all.isUp()).toBe(true);
  });

  it("starts anew where a kill left the record of one that is gone", async () => {
    await using all = await startServing();
    await all.serve.end("SIGKILL");

    await using serve = all.start("serve", "--no-open", ...FREE_PORTS);

    await untilSays(serve, "Press Ctrl+C to stop.");
    expect(await serve.end("SIGTERM")).toBe(0);
  });
});

describe("--standalone", () => {
  it("runs beside one that runs already, on ports and a folder of its own, which goes at the end", async () => {
    await using receiver = await startReceiver();
    await using all = await startServing();
    const variables = { APIVIDEO_INSPECTOR_DATA_DIR: all.dir };
    await using listen = startProgram(
      [CLI, "listen", "--standalone", "--forward-to", receiver.url, "--format", "json"],
      variables,
    );
    await untilSays(listen, '"phase":"registered"');
    const { dataDir, listenerUrl } = JSON.parse(listen.stdout().split("\n")[0] ?? "");
    expect(dataDir).not.toBe(all.dir);
    expect(listenerUrl).not.toBe(all.serve.ready["listenerUrl"]);
    if (process.platform !== "win32") expect(statSync(dataDir).mode & 0o777).toBe(0o700);

    const triggered = await runChild([CLI, "trigger", "video.caption.generated", "--data-dir", dataDir]);
    await untilSays(listen, '"status":200');
    const code = await listen.end("SIGTERM");

    expect(triggered.stdout).toMatch(/^d1 .*verified/);
    expect(receiver.requests).toHaveLength(1);
    expect(code).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
    expect((await all.run("events", "list")).stdout).toBe("");
  });

  it("forwards and answers in this run as its flags say, and says so", async () => {
    await using receiver = await startReceiver();
    receiver.status = 503;
    const flags = ["--forward-to", receiver.url, "--path", "/hooks", "-H", "X-Env: dev", "--relay"];
    await using listen = startProgram([CLI, "listen", "--standalone", ...flags]);
    await untilSays(listen, "The webhook is");
    const [, listenerUrl = ""] = /deliveries on +(\S+)/.exec(listen.stdout()) ?? [];

    const answer = await sendDelivery(`${listenerUrl}/anything?x=1`);
    await listen.end("SIGINT");

    expect(listen.stdout()).toContain(`They are forwarded to        ${receiver.url}/hooks\n`);
    expect(listen.stdout()).toContain("They are answered            what your server answers\n");
    expect(answer.status).toBe(503);
    expect(receiver.requests.map(({ url }) => url)).toEqual(["/hooks?x=1"]);
    expect(receiver.requests[0]?.rawHeaders).toEqual(expect.arrayContaining(["X-Env", "dev"]));
  });

  it("leaves no folder where the start fails, and wants no folder named", async () => {
    using temp = tempDir();
    await using taken = await startServing();
    const port = new URL(taken.serve.ready["listenerUrl"] ?? "").port;
    const env = { TMPDIR: temp.path, TEMP: temp.path, TMP: temp.path };

    const failed = await runChild([CLI, "serve", "--standalone", "--listener-port", port], env);
    const named = await runChild([CLI, "serve", "--standalone", "--data-dir", temp.path], env);

    expect(failed).toMatchObject({ code: 3, stderr: expect.stringContaining(`Port ${port} is taken`) });
    expect(named).toMatchObject({ code: 2, stderr: expect.stringContaining("leave out --data-dir") });
    expect(readdirSync(temp.path).filter((name) => name.startsWith("apivideo-inspector-"))).toEqual([]);
  });
});
