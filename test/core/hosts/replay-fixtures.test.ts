import { createHmac } from "node:crypto";
import { once } from "node:events";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import express from "express";
import { describe, expect, it } from "vitest";
import { FIXTURE_FORMAT, type Fixture } from "#shared/fixtures/fixture.ts";
import { FIXTURE_SECRET } from "#shared/fixtures/fixture-secret.ts";
import { writeFixture } from "#shared/fixtures/fixture-text.ts";
import { replayFixtures } from "../../../src/core/hosts/cli/commands/replay-fixtures.ts";
import { exitCodeOf, summaryLines } from "../../../src/core/hosts/cli/fixtures/report.ts";
import { type RunOptions, runFixtures } from "../../../src/core/hosts/cli/fixtures/run-fixtures.ts";
import { CLI, runChild } from "../../helpers/child.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const REPLAY = [CLI, "events", "replay"];

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

/** Replays a folder as the command does, without the process around it. */
const run = (path: string, to: string, more: Partial<RunOptions> = {}) =>
  runFixtures({ path, to, expect: "2xx", ...more }, () => undefined);

describe("replaying fixtures", () => {
  it("sends them in the order of their arrival, exact and signed with the test secret", async () => {
    using dir = tempDir();
    await using handler = await startHandler(FIXTURE_SECRET);
    const bytes = Buffer.from([0xff, 0x00, 0x7b]);
    mkdirSync(join(dir.path, "more"));
    write(dir.path, {
      "a.json": fixture("late", { receivedAt: "2026-07-01T09:31:00Z" }),
      "d10.json": fixture("third"),
      "d9.json": fixture("second"),
      "more/b.json": fixture("early", {
        receivedAt: "2026-07-01T09:29:59.999Z",
        body: { base64: bytes.toString("base64") },
      }),
      "notes.txt": "no fixture",
      ".hidden.json": "no fixture",
    });

    const { results } = await run(dir.path, handler.port);

    expect(results.map(({ kind, file }) => [kind, file])).toEqual([
      ["passed", join("more", "b.json")],
      ["passed", "d9.json"],
      ["passed", "d10.json"],
      ["passed", "a.json"],
    ]);
    expect(handler.seen.map(({ replayOf }) => replayOf)).toEqual(["early", "second", "third", "late"]);
    expect(handler.seen[0]).toMatchObject({ body: bytes, path: "/hook?a=1" });
    expect(exitCodeOf(results)).toBe(0);
  });

  it("has a handler tell genuine deliveries from others, as they were when they were exported", async () => {
    using dir = tempDir();
    await using handler = await startHandler(FIXTURE_SECRET);
    await using started = await startEngine();
    for (const signature of ["valid", "wrong-secret", "missing"] as const) {
      await started.client.call("simulator.trigger", { type: "video.caption.generated", signature });
    }
    await started.client.call("export.write", { dir: dir.path, query: "" });

    const { results } = await run(dir.path, handler.port);

    expect(results).toMatchObject([
      { kind: "passed", status: 202, expected: "2xx" },
      { kind: "passed", status: 401, expected: "4xx" },
      // That one without a signature is refused is for the user to expect or not.
      { kind: "failed", status: 401, expected: "2xx" },
    ]);
    expect(handler.seen.map(({ path }) => path)).toEqual(["/", "/", "/"]);
  });

  it("signs with another secret where one is given, and says which it was where signatures are refused", async () => {
    using dir = tempDir();
    await using handler = await startHandler("sig_sec_own");
    write(dir.path, { "a.json": fixture("a") });

    const own = await run(dir.path, handler.port, { secret: "sig_sec_own" });
    const test = await run(dir.path, handler.port);

    expect(exitCodeOf(own.results)).toBe(0);
    expect(exitCodeOf(test.results)).toBe(5);
    expect(summaryLines(test.results, 12, false).at(-1)).toContain(FIXTURE_SECRET);
    expect(summaryLines(test.results, 12, true).at(-1)).toContain("APIVIDEO_WEBHOOK_SECRET");
  });

  it("takes what is expected from the fixture itself, else from the command", async () => {
    using dir = tempDir();
    await using handler = await startHandler(FIXTURE_SECRET);
    write(dir.path, {
      "1.json": fixture("wrong-signature", { signature: null, expect: "4xx" }),
      "2.json": fixture("breaks", { body: "break" }),
      "3.json": fixture("fine"),
    });

    const strict = await run(dir.path, handler.port);
    const lenient = await run(dir.path, handler.port, { expect: "202,5xx" });

    expect(strict.results).toMatchObject([
      { kind: "passed", file: "1.json", status: 401, expected: "4xx" },
      { kind: "failed", file: "2.json", status: 500, expected: "2xx", answer: "<b>no</b>\nsecond line" },
      { kind: "passed", file: "3.json", status: 202 },
    ]);
    expect(exitCodeOf(lenient.results)).toBe(0);
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
    closeSync(openSync(join(dir.path, "huge.json"), "w"));
    truncateSync(join(dir.path, "huge.json"), 200 * 1024 * 1024);
    symlinkSync(join(dir.path, "gone"), join(dir.path, "link.json"));

    const { results } = await run(dir.path, handler.port);

    const broken = (file: string, field: RegExp, reason: RegExp) => ({
      ...{ kind: "broken", file },
      faults: [{ field: expect.stringMatching(field), reason: expect.stringMatching(reason) }],
    });
    expect(results).toEqual([
      broken("base64.json", /^body/, /base64/),
      broken("format.json", /^format$/, /another version/),
      broken("header.json", /^headers\[0\]/, /./),
      broken("huge.json", /^$/, /larger/),
      broken("link.json", /^$/, /not there/),
      broken("not-json.json", /^$/, /not JSON/),
      broken("not-text.json", /^$/, /UTF-8/),
      broken("package.json", /^format$/, /no fixture/),
      expect.objectContaining({ kind: "passed", file: "fine.json" }),
    ]);
    expect(exitCodeOf(results)).toBe(2);
  });

  it("tells in words that nobody answers, and goes nowhere that is not allowed", async () => {
    using dir = tempDir();
    write(dir.path, { "a.json": fixture("a"), "b.json": fixture("b", { headers: [["a b", "c"]] }) });

    const { results } = await run(dir.path, "1");

    expect(results).toMatchObject([
      { kind: "failed", status: null, problem: expect.stringMatching(/./) },
      { kind: "failed", status: null, problem: expect.stringContaining("HTTP cannot carry") },
    ]);
    await expect(run(dir.path, "http://192.0.2.1/")).rejects.toMatchObject({
      message: expect.stringContaining("--allow-host 192.0.2.1"),
    });
  });

  it("does not pass where there is nothing to send", async () => {
    using dir = tempDir();

    await expect(run(dir.path, "1")).rejects.toMatchObject({
      code: "delivery.not_found",
      message: expect.stringMatching(/no fixture/),
    });
    await expect(run(join(dir.path, "gone"), "1")).rejects.toMatchObject({ code: "delivery.not_found" });
  });
});

describe("events replay, given a folder", () => {
  it("reports on the terminal and as JUnit XML, and needs no data of the app", async () => {
    using dir = tempDir();
    await using handler = await startHandler("sig_sec_own");
    const fixtures = join(dir.path, "fixtures");
    mkdirSync(fixtures);
    write(fixtures, {
      "a & b.json": fixture("a"),
      "broken.json": "{}",
      "c.json": fixture("c", { signature: null, headers: [] }),
      "d.json": fixture("d", { body: "break" }),
    });
    const junit = join(dir.path, "junit.xml");

    const ended = await runChild([...REPLAY, fixtures, "--to", handler.port, "--junit", junit], {
      APIVIDEO_WEBHOOK_SECRET: "sig_sec_own",
      HOME: join(dir.path, "home"),
    });

    expect(ended).toMatchObject({ code: 5, stderr: "" });
    expect(ended.stdout.replace(/ +\d+ ms/g, " T ms").replace(/\(.* s\)/, "(T s)")).toBe(
      [
        'BROKEN                  broken.json  format: This is no fixture: it must say "apivideo-inspector.fixture/1".',
        "ok      202 T ms  a & b.json",
        "FAILED  401 T ms  c.json  expected 2xx",
        // Nothing of an answer may reach the terminal as a command to it.
        "        | bad \\u001b[31msignature",
        "FAILED  500 T ms  d.json  expected 2xx",
        "        | <b>no</b>",
        "        | second line",
        "4 fixtures: 1 as expected, 2 not, 1 broken (T s)",
        "",
      ].join("\n"),
    );
    expect(readdirSync(dir.path)).toEqual(["fixtures", "junit.xml"]);
    const xml = readFileSync(junit, "utf8");
    expect(
      xml.replace(/time="[\d.]+"/g, 'time="T"').replace(fixtures, "DIR"),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="2" errors="1" time="T">
  <testsuite name="DIR" tests="4" failures="2" errors="1" time="T">
    <testcase classname="webhook fixtures" name="broken.json" time="T">
      <error message="format: This is no fixture: it must say &#34;apivideo-inspector.fixture/1&#34;." type="fixture">format: This is no fixture: it must say &#34;apivideo-inspector.fixture/1&#34;.</error>
    </testcase>
    <testcase classname="webhook fixtures" name="a &#38; b.json" time="T"/>
    <testcase classname="webhook fixtures" name="c.json" time="T">
      <failure message="expected 2xx, got 401" type="answer">bad \ufffd[31msignature</failure>
    </testcase>
    <testcase classname="webhook fixtures" name="d.json" time="T">
      <failure message="expected 2xx, got 500" type="answer">&#60;b&#62;no&#60;/b&#62;
second line</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it("says what it cannot do before anything is sent", async () => {
    using dir = tempDir();
    write(dir.path, { "a.json": fixture("a") });
    const flags = { format: "text" } as const;
    const to = "1";

    await expect(replayFixtures(dir.path, flags)).rejects.toMatchObject({ code: "replay.no_target" });
    await expect(replayFixtures(dir.path, { ...flags, to, junit: join(dir.path, "no/x.xml") })).rejects.toMatchObject({
      message: expect.stringContaining("--junit"),
    });
  });
});
