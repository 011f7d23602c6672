import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExportedDelivery } from "#core/export/exporter.ts";
import { quote } from "#core/export/shell-quote.ts";
import { toCurl } from "#core/export/to-curl.ts";
import { type HeaderPairs, toHeaderPairs } from "#shared/domain/headers.ts";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const run = promisify(execFile);
const isThere = (program: string) => spawnSync(program, ["--version"]).status === 0;
const missing = ["bash", "curl", "base64"].filter((program) => !isThere(program));
if (missing.length > 0) console.log(`Scripts for curl were not run: there is no ${missing.join(", no ")}.`);
/** Of the developer's own configuration (.curlrc, proxies, locale), nothing. */
const ENV = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", LC_ALL: "C.UTF-8" };

async function runScript(script: string): Promise<string> {
  using dir = tempDir();
  const file = join(dir.path, "delivery.sh");
  writeFileSync(file, script);
  const { stdout } = await run("bash", [file], { env: ENV, timeout: 20_000 });
  return stdout;
}

function delivery(change: Partial<Pick<ExportedDelivery, "path" | "headers" | "body">> & { method?: string }) {
  const { method = "POST", path = "/hook", headers = [], body = new Uint8Array() } = change;
  const summary: ExportedDelivery["summary"] = {
    ...{ id: "d1", receivedAt: "2026-07-01T09:30:00.000Z", source: "received", pinned: false, method, path },
    ...{ type: null, subject: {}, verification: { state: "unsigned" }, answered: null, bodyBytes: body.length },
    attempts: 0,
  };
  return { summary, path, headers, body, type: null, subject: {}, isBodyChanged: false } satisfies ExportedDelivery;
}

const HOSTILE = `'; touch /tmp/x; $(id) \`id\` "\\ !! #\n\r\t\u001b[31m é 𝒳 \u202e %s \\n ' $'x'`;

const HOSTILE_HEADERS: HeaderPairs = [
  ["X-Zeta", "'; exit 7; '"],
  ["content-type", "application/json"],
  ["x-double", '$(exit 7) `exit 7` "\\'],
  ["X-Double", "!!\té\u00ff"],
  ["X-Empty", ""],
  ["-d", "@/etc/passwd"],
  ["User-Agent", "api.video;"],
];

describe.runIf(missing.length === 0)("a delivery as a script for curl", () => {
  it.each([
    ["plain JSON", Buffer.from(`{"title": "it's $HOME, né",\n"a": "\\\\n"}\n`)],
    ["text that is hostile to a shell", Buffer.from(HOSTILE)],
    ["every byte", Buffer.from(Array.from({ length: 512 }, (_, n) => n % 256))],
    ["more than an argument can hold", Buffer.from("'x".repeat(200_000))],
    ["nothing", Buffer.alloc(0)],
  ])("sends a body that is %s with the same headers, path and bytes", async (_, body) => {
    await using receiver = await startReceiver();
    const path = "/a/../b//c?x=%2f'$(exit)`exit`&[1-2]{a,b}&%C3%A9#f";
    const headers: HeaderPairs = [["Host", "of.the.tunnel"], ...HOSTILE_HEADERS, ["Content-Length", "9"], ["Z", "1"]];

    const answer = await runScript(toCurl(delivery({ path, headers, body }), new URL(receiver.url)));

    const [request] = receiver.requests;
    expect(answer).toContain("got it 1");
    expect(request).toMatchObject({ method: "POST", url: path.replace("#", "%23"), body });
    expect(toHeaderPairs(request?.rawHeaders ?? [])).toEqual([
      ["Host", new URL(receiver.url).host],
      ...HOSTILE_HEADERS,
      ["Content-Length", String(body.length)],
      ["Z", "1"],
    ]);
  });

  it.each(["GET", "HEAD", "DELETE", "PUT"])("sends %s without a body, and nothing of curl's own", async (method) => {
    await using receiver = await startReceiver();

    await runScript(toCurl(delivery({ method, path: "/x", headers: [] }), new URL(`${receiver.url}/own?k=1`)));

    expect(receiver.requests).toMatchObject([{ method, url: "/own?k=1", body: Buffer.alloc(0) }]);
    expect(toHeaderPairs(receiver.requests[0]?.rawHeaders ?? []).map(([name]) => name)).toEqual(
      method === "PUT" ? ["Host", "Content-Length"] : ["Host"],
    );
  });

  it("sends what was captured to where deliveries are forwarded, or to the target that is given", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ webhookSecret: "sig_sec_of-the-account" });
    const { client, engine } = started;
    const headers = { Authorization: "Bearer private" };
    await sendDelivery(`${engine.listenerUrl}/hook?a=1`, { secret: "sig_sec_of-the-account", headers });
    const { base64 } = await client.call("deliveries.body", { id: "d1" });
    const create = (more: object) => client.call("export.create", { format: "curl", ids: ["d1"], ...more });

    const plain = await create({});
    await client.call("settings.update", { forwardTo: receiver.url });
    const [file] = (await create({})).files;
    const elsewhere = await create({ target: "4000" });
    await runScript(file?.text ?? "");

    expect(plain.files[0]?.text).toContain("'http://localhost:3000/'");
    expect(elsewhere.files[0]?.text).toContain("'http://localhost:4000/'");
    expect(file?.name).toMatch(/-d1-video\..*\.sh$/);
    expect(file?.text).not.toMatch(/private|of-the-account/);
    expect(receiver.requests).toMatchObject([{ url: "/hook?a=1", body: Buffer.from(base64, "base64") }]);
    await expect(create({ target: "ftp://x" })).rejects.toMatchObject({ code: "input.invalid" });
  });
});

describe.runIf(missing.length === 0)("quoting for bash", () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom("'", "\\", "$(exit 7)", "`exit 7`", "\n", "\r", "!", '"', "$'", "\u001b", "\u00ff"),
      fc.integer({ min: 1, max: 255 }).map((byte) => String.fromCharCode(byte)),
    ),
  });

  it("gives the same bytes back for any text, many at once, and runs nothing of it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 40 }), async (texts) => {
        const script = `printf '%s\\0' ${texts.map(quote).join(" ")}`;
        const { stdout } = await run("bash", ["-c", script], { env: ENV, encoding: "buffer" });
        expect(stdout.toString("latin1").split("\0").slice(0, -1)).toEqual(texts);
      }),
      { numRuns: 40 },
    );
  });

  it("lets no body out of its quotes: what reaches curl's place is the body, and it is one command", async () => {
    const body = fc.oneof(
      hostile.map((text) => Buffer.from(text)),
      fc.uint8Array({ minLength: 1 }).map(Buffer.from),
    );
    await fc.assert(
      fc.asyncProperty(body, hostile, async (bytes, path) => {
        fc.pre(bytes.length > 0);
        const script = toCurl(delivery({ body: bytes, path: `/${path}` }), new URL("http://localhost:3000"));
        const { stdout } = await run("bash", ["-c", `curl() { cat; }\n${script}`], { env: ENV, encoding: "buffer" });
        expect(stdout).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 40 },
    );
  });
});
