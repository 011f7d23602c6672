import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, openSync, truncateSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import express from "express";
import { describe, expect, it } from "vitest";
import { FIXTURE_FORMAT, type Fixture } from "#shared/fixtures/fixture.ts";
import { FIXTURE_SECRET } from "#shared/fixtures/fixture-secret.ts";
import { writeFixture } from "#shared/fixtures/fixture-text.ts";
import { runChild } from "../../helpers/child.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const REPLAY = [join(import.meta.dirname, "../../../src/core/hosts/cli/cli.ts"), "events", "replay"];

/** A handler as api.video's guide says, which also answers what a body asks for. */
async function startHandler(secret: string) {
  const seen: { body: Buffer; replayOf: string | undefined; path: string }[] = [];
  const app = express();
  app.use(express.raw({ type: () => true, limit: "20mb" }), (request, response) => {
    const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    seen.push({ body, replayOf: request.get("x-inspector-replay-of"), path: request.originalUrl });
    const wanted = createHmac("sha256", secret).update(body).digest("hex");
    if (request.get("x-api-video-signature") !== wanted)
      return void response.status(401).send("bad \u001b[31msignature");
    if (body.includes("break")) return void response.status(500).send("<b>no</b>\nsecond line");
    response.sendStatus(202);
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    seen,
    port: String((server.address() as AddressInfo).port),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function fixture(name: string, change: Partial<Fixture> = {}): string {
  return writeFixture({
    format: FIXTURE_FORMAT,
    name,
    type: "video.encoded",
    subject: {},
    receivedAt: "2026-07-01T09:30:00.000Z",
    verification: { state: "verified" },
    method: "POST",
    path: "/hook?a=1",
    headers: [
      ["Content-Type", "application/json"],
      ["X-Api-Video-Signature", "stale"],
    ],
    signature: { header: "X-Api-Video-Signature", secret: FIXTURE_SECRET },
    body: `{"name":"${name}"}`,
    ...change,
  });
}

function write(dir: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
}

describe("replaying fixtures", () => {
  it("sends them in the order of their arrival, signed with the test secret, and needs no data of the app", async () => {
    using dir = tempDir();
    await using handler = await startHandler(FIXTURE_SECRET);
    const bytes = Buffer.from([0xff, 0x00, 0x7b]);
    mkdirSync(join(dir.path, "more"));
    write(dir.path, {
      "a.json": fixture("late", { receivedAt: "2026-07-01T09:31:00.000Z" }),
      "more/b.json": fixture("early", { body: { base64: bytes.toString("base64") } }),
      "notes.txt": "no fixture",
      ".hidden.json": "no fixture",
    });

    const ended = await runChild([...REPLAY, dir.path, "--to", handler.port], { HOME: join(dir.path, "nowhere") });

    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(
      /^ok {6}202 +\d+ ms {2}more\/b\.json\nok {6}202 +\d+ ms {2}a\.json\n2 fixtures: 2 as expected/,
    );
    expect(handler.seen.map(({ replayOf, path }) => [replayOf, path])).toEqual([
      ["early", "/hook?a=1"],
      ["late", "/hook?a=1"],
    ]);
    expect(handler.seen[0]?.body).toEqual(bytes);
  });

  it("has a handler tell genuine deliveries from others, as they were when they were exported", async () => {
    using dir = tempDir();
    await using handler = await startHandler(FIXTURE_SECRET);
    {
      await using started = await startEngine();
      for (const signature of ["valid", "wrong-secret", "missing"] as const) {
        await started.client.call("simulator.trigger", { type: "video.caption.generated", signature });
      }
      await started.client.call("export.write", { dir: dir.path, query: "" });
    }

    const ended = await runChild([...REPLAY, dir.path, "--to", handler.port]);

    // That one without a signature is refused is for the user to expect or not.
    expect(ended.stdout).toMatch(
      /^ok +202 .*-d1\.json\nok +401 .*-d2\.json\nFAILED +401 .*-d3\.json {2}expected 2xx\n/,
    );
    expect(handler.seen.map(({ path }) => path)).toEqual(["/", "/", "/"]);
  });

  it("signs with APIVIDEO_WEBHOOK_SECRET where it is set, and says which secret it was where signatures are refused", async () => {
    using dir = tempDir();
    await using handler = await startHandler("sig_sec_own");
    write(dir.path, { "a.json": fixture("a") });
    const replay = (env: Record<string, string>) => runChild([...REPLAY, dir.path, "--to", handler.port], env);

    const own = await replay({ APIVIDEO_WEBHOOK_SECRET: "sig_sec_own" });
    const test = await replay({});

    expect(own).toMatchObject({ code: 0 });
    expect(test).toMatchObject({ code: 5 });
    expect(test.stdout).toContain(FIXTURE_SECRET);
    // Nothing of an answer may reach the terminal as a command to it.
    expect(test.stdout).toContain("| bad \\u001b[31msignature");
  });

  it("takes what is expected from the fixture itself, else from --expect, and tells what came instead", async () => {
    using dir = tempDir();
    await using handler = await startHandler(FIXTURE_SECRET);
    const failed = { signature: null, verification: { state: "failed" }, expect: "4xx" } as const;
    write(dir.path, {
      "1.json": fixture("wrong-signature", failed),
      "2.json": fixture("breaks", { body: "break" }),
      "3.json": fixture("fine"),
    });
    const replay = (...args: string[]) => runChild([...REPLAY, dir.path, "--to", handler.port, ...args]);

    const strict = await replay();
    const lenient = await replay("--expect", "202,5xx");
    const json = await replay("--format", "json");

    expect(strict.code).toBe(5);
    expect(strict.stdout).toMatch(
      /ok +401 .*1\.json\nFAILED +500 .*2\.json {2}expected 2xx\n +\| <b>no<\/b>\n +\| second line\nok +202/,
    );
    expect(lenient).toMatchObject({ code: 0, stdout: expect.stringContaining("3 fixtures: 3 as expected") });
    expect(
      json.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { kind: "passed", file: "1.json", status: 401, expected: "4xx" },
      { kind: "failed", file: "2.json", status: 500, expected: "2xx", answer: "<b>no</b>\nsecond line" },
      { kind: "passed", file: "3.json", status: 202 },
    ]);
  });

  it("names what is broken by file, field and reason, and sends the others", async () => {
    using dir = tempDir();
    await using handler = await startHandler(FIXTURE_SECRET);
    write(dir.path, {
      "base64.json": fixture("x").replace('"body": "{\\"name\\":\\"x\\"}"', '"body": { "base64": "%" }'),
      "fine.json": fixture("fine"),
      "format.json": fixture("x").replace("fixture/1", "fixture/9"),
      "header.json": fixture("x").replace('["Content-Type", "application/json"]', '["Content-Type"]'),
      "not-json.json": "{oops",
      "package.json": '{ "name": "x" }',
    });
    writeFileSync(join(dir.path, "not-text.json"), Buffer.from([0xff, 0xfe]));
    openSync(join(dir.path, "huge.json"), "w");
    truncateSync(join(dir.path, "huge.json"), 200 * 1024 * 1024);

    const ended = await runChild([...REPLAY, dir.path, "--to", handler.port]);

    const lines = ended.stdout.split("\n");
    expect(ended.code).toBe(2);
    expect(lines.slice(0, 7).map((line) => line.replace(/^BROKEN +/, ""))).toEqual([
      expect.stringMatching(/^base64\.json {2}body.*: /),
      expect.stringMatching(/^format\.json {2}format: .*another version/),
      expect.stringMatching(/^header\.json {2}headers\[0\].*: ./),
      expect.stringMatching(/^huge\.json {2}.*larger/),
      expect.stringMatching(/^not-json\.json {2}.*not JSON/),
      expect.stringMatching(/^not-text\.json {2}.*UTF-8/),
      expect.stringMatching(/^package\.json {2}format: .*no fixture/),
    ]);
    expect(lines[7]).toMatch(/^ok .*fine\.json$/);
    expect(lines[8]).toMatch(/^8 fixtures: 1 as expected, 7 broken/);
  });

  it("tells in words that nobody answers, and goes nowhere that is not allowed", async () => {
    using dir = tempDir();
    write(dir.path, { "a.json": fixture("a") });
    const replay = (...args: string[]) => runChild([...REPLAY, dir.path, ...args]);

    const nobody = await replay("--to", "1");
    const elsewhere = await replay("--to", "http://192.0.2.1/");
    const nowhere = await replay();

    expect(nobody).toMatchObject({ code: 5, stdout: expect.stringMatching(/FAILED +– .*expected 2xx, no answer: /) });
    expect(elsewhere).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--allow-host 192.0.2.1") });
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining("--to") });
  });

  it("does not pass where there is nothing to send", async () => {
    using dir = tempDir();
    write(dir.path, { "a.json": fixture("a") });
    mkdirSync(join(dir.path, "empty"));
    const replay = (...args: string[]) => runChild([...REPLAY, ...args, "--to", "1"]);

    expect(await replay(join(dir.path, "empty"))).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("no fixture"),
    });
    expect(await replay(join(dir.path, "gone"))).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("not there"),
    });
    expect(await replay(dir.path, "--junit", join(dir.path, "no/x.xml"))).toMatchObject({ code: 2, stdout: "" });
    expect(await replay("d1", "--expect", "2xx")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("fixtures"),
    });
  });

  it("writes the results as JUnit XML", async () => {
    using dir = tempDir();
    await using handler = await startHandler(FIXTURE_SECRET);
    write(dir.path, { "a & b.json": fixture("a"), "broken.json": "{}", "c.json": fixture("c", { body: "break" }) });
    const file = join(dir.path, "junit.xml");

    await runChild([...REPLAY, dir.path, "--to", handler.port, "--junit", file]);

    const xml = (await readFile(file, "utf8"))
      .replace(/time="[\d.]+"/g, 'time="T"')
      .replace(/name="\/[^"]*"/, 'name="DIR"');
    expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="1" time="T">
  <testsuite name="DIR" tests="3" failures="1" errors="1" time="T">
    <testcase classname="webhook fixtures" name="broken.json" time="T">
      <error message="format: This is no fixture: it must say &#34;apivideo-inspector.fixture/1&#34;." type="fixture">format: This is no fixture: it must say &#34;apivideo-inspector.fixture/1&#34;.</error>
    </testcase>
    <testcase classname="webhook fixtures" name="a &#38; b.json" time="T"/>
    <testcase classname="webhook fixtures" name="c.json" time="T">
      <failure message="expected 2xx, got 500" type="answer">&#60;b&#62;no&#60;/b&#62;
second line</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });
});
