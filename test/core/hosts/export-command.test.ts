import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { CLI, runChild } from "../../helpers/child.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const EXPORT = [CLI, "events", "export"];

/** A folder with deliveries of these bodies, and how to run the command on it; one after the other, for each holds it. */
async function prepare(path: string, bodies: readonly string[]) {
  await using started = await startEngine({ dataDir: path });
  for (const body of bodies) await sendDelivery(started.engine.listenerUrl, { body });
  const out = join(path, "test", "webhooks");
  const runBare = (...more: string[]) => runChild([...EXPORT, "--data-dir", path, ...more]);
  return { out, runBare, run: (...more: string[]) => runBare("--format", "fixtures", "--out", out, ...more) };
}

describe("events export", () => {
  it("writes what a search finds, and says what was taken out and what was left out", async () => {
    using dir = tempDir();
    const events = ["480p", "720p", "720p"].map((quality) => encodingEvent({ quality }));
    const { out, run } = await prepare(dir.path, [...events, '{"quality":']);

    const first = await run("quality=720p", "--redact", "body:videoId", "--redact", "value:nowhere");
    const again = await run("--redact", "body:videoId", "--limit", "3");

    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(
      /^written {3}.*-d2-.*\.json\nwritten {3}.*-d3-.*\.json\nredacted {2}header:Host: 2\nredacted {2}body:videoId: 2\nredacted {2}value:nowhere: nothing was found\n2 written: .*webhooks\n$/,
    );
    expect(again.stdout).toMatch(
      /left out {2}d4: .*broken JSON[\s\S]*0 written, 2 unchanged, 1 left out[\s\S]*more than 3/,
    );
    expect(statSync(out).mode & 0o777).toBe(0o777 & ~process.umask());
    expect(readdirSync(out)).toHaveLength(2);
  });

  it("leaves files alone that are no fixtures, and says so", async () => {
    using dir = tempDir();
    const { out, run } = await prepare(dir.path, [encodingEvent()]);
    await run();
    const [name = ""] = readdirSync(out);
    writeFileSync(join(out, name), "mine");

    const foreign = await run();

    expect(foreign).toMatchObject({ code: 3, stdout: expect.stringMatching(/not ours .*-d1-/) });
    expect(readFileSync(join(out, name), "utf8")).toBe("mine");
  });

  it("prints JSON lines and scripts, or writes them into a new file, and tells of it beside", async () => {
    using dir = tempDir();
    const bodies = ["one", "it's two"];
    const { runBare } = await prepare(dir.path, bodies);
    const file = join(dir.path, "deliveries.jsonl");

    const printed = await runBare("--format", "jsonl", "--redact", "value:nowhere");
    const written = await runBare("--format", "jsonl", "--out", file);
    const again = await runBare("--format", "jsonl", "--out", file);
    const script = await runBare("--format", "curl", "--to", "4000", "id:d2");
    const har = await runBare("--format", "har");
    const lost = await runBare("--format", "fixtures");

    const records = printed.stdout.trimEnd().split("\n");
    const bodyOf = (line: string) => Buffer.from(JSON.parse(line).bodyBase64, "base64").toString();
    expect(records.map(bodyOf)).toEqual(bodies);
    expect(printed).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/nowhere: nothing was found\n2 exported\n$/),
    });
    expect(written).toMatchObject({ code: 0, stdout: "" });
    expect(readFileSync(file, "utf8")).toBe(printed.stdout);
    expect(again).toMatchObject({ code: 3, stderr: expect.stringMatching(/is there already/) });
    expect(script.stdout).toMatch(/printf %s 'it'\\''s two' \| curl [\s\S]*'http:\/\/localhost:4000\/'\n$/);
    expect(JSON.parse(har.stdout).log.entries).toHaveLength(2);
    expect(lost).toMatchObject({ code: 2, stderr: expect.stringMatching(/--out/) });
  });

  it("prints one message, or writes a file each and none over another", async () => {
    using dir = tempDir();
    const { runBare } = await prepare(dir.path, ["one", '{"quality":"2p"}']);
    const out = join(dir.path, "raw");

    const one = await runBare("--format", "raw", "id:d2");
    const many = await runBare("--format", "raw");
    const written = await runBare("--format", "raw", "--out", out);
    const name = /written {3}(\S*-d2-\S*\.http)/.exec(written.stdout)?.[1] ?? "";
    const text = readFileSync(join(out, name), "utf8");
    writeFileSync(join(out, name), "mine");
    const again = await runBare("--format", "raw", "--out", out);

    expect(one).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^POST \/ HTTP\/1\.1\r\n[\s\S]*\r\n\r\n\{.*2p.*\}$/),
    });
    expect(many).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/2 deliveries fit.*--out/) });
    expect(text).toBe(one.stdout);
    expect(again).toMatchObject({ code: 3, stdout: expect.stringMatching(/not ours .*-d2-[\s\S]*1 unchanged/) });
    expect(readFileSync(join(out, name), "utf8")).toBe("mine");
  });

  it("prints one delivery as code, or writes a file each, and says what code cannot send", async () => {
    using dir = tempDir();
    const { runBare } = await prepare(dir.path, ["it's one", '{"quality":"2p"}', "\0".repeat(32_001)]);
    const snippet = (...more: string[]) => runBare("--format", "snippet", "--to", "4000", ...more);
    const out = join(dir.path, "code");

    const python = await snippet("--language", "python", "id:d1");
    const many = await snippet();
    const written = await snippet("--language", "go", "--out", out);
    const unknown = await snippet("--language", "cobol", "id:d1");
    const nothing = await snippet("--language", "go", "id:d3");

    expect(python.stdout).toMatch(/^import requests\n[\s\S]*payload = b"it's one"\n/);
    expect(many).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/3 deliveries fit.*snippet.*--out/),
    });
    expect(written.stdout).toMatch(
      /written {3}.*-d1-.*\.go\nwritten {3}.*-d2-.*\.go\nleft out {2}d3: .*raw or cURL.*\n[\s\S]*2 written/,
    );
    expect(readdirSync(out)).toHaveLength(2);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/cobol.*node, python/) });
    expect(nothing).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/left out {2}d3: .*raw or cURL/),
    });
  });
});
