import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { CLI, projectRoot, runChild, startChild } from "../helpers/child.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { startRelay } from "../helpers/relay.ts";
import { SIMULATOR_KEY } from "../helpers/simulator-account.ts";
import { tempDir } from "../helpers/temp-dir.ts";

// Each line of the README that can be typed is run by bash as it stands there, one after the other, in one folder and
// beside one app. Only what lies outside this machine is given another place, and long times are made short.

const SECRET = "sig_sec_documented";
const PREFIX = "npm run -s cli -- ";
const BODY = JSON.stringify({ type: "video.encoding.quality.completed", videoId: "vi4kDocumented", quality: "480p" });

const documented = readFileSync(join(projectRoot, "README.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith(PREFIX))
  .map((line) => line.replace(/\s+# .*$/, "").trim());

/** Those that stay until they are told to end, and what they say once they are up. */
const STAYING: readonly { readonly starts: string; readonly says: RegExp }[] = [
  { starts: "serve", says: /Press Ctrl\+C/ },
  { starts: "listen", says: /Press/ },
  { starts: "simulator", says: /http:/ },
  { starts: "events tail", says: /sig|…|\./ },
];

/** What has to happen while they wait. */
const MEANWHILE: Readonly<Record<string, readonly string[]>> = {
  "events wait": ["trigger", "video.encoding.quality.completed", "--set", "quality=720p"],
  "events tail": ["trigger", "video.caption.generated", "--signature", "wrong-secret"],
};

/** Those that have nothing to do here, and say so. */
const NOTHING_TO_DO: Readonly<Record<string, RegExp>> = {
  "webhooks reconcile": /^exit code 2: .*There was no gap yet/,
};

const STDIN: readonly (readonly [part: string, text: string])[] = [
  ["--secret-stdin", SECRET],
  ["login", SIMULATOR_KEY],
];

const stack = new AsyncDisposableStack();
let places: readonly (readonly [RegExp, string])[] = [];
let folder = "";

beforeAll(async () => {
  const dir = tempDir();
  stack.defer(() => dir[Symbol.dispose]());
  folder = dir.path;
  for (const name of ["work/test", "work/src"]) mkdirSync(join(folder, name), { recursive: true });
  const receiver = stack.use(await startReceiver());
  // As a handler that checks signatures: of all that comes here, captions are signed with a wrong secret.
  receiver.statusFor = ({ body }) => (body.includes("video.caption.generated") ? 401 : 200);
  const relay = stack.use(await startRelay());
  const simulator = stack.use(await startChild([CLI, "simulator", "--port", "0", "--json"]));
  const flags = ["--listener-port", "0", "--ui-port", "0", "--no-open"];
  const env = { APIVIDEO_WEBHOOK_SECRET: SECRET };
  const serve = stack.use(
    await startChild([CLI, "serve", "--json", "--data-dir", join(folder, "data"), ...flags], env),
  );
  await runChild([CLI, "config", "set", `forwardTo=${receiver.url}`, "--data-dir", join(folder, "data")]);
  await sendDelivery(serve.ready["listenerUrl"] ?? "", { body: BODY, secret: SECRET });
  await sendDelivery(serve.ready["listenerUrl"] ?? "", { body: BODY, secret: SECRET });
  places = [
    [/\b3000\b/, new URL(receiver.url).port],
    [/4848/, "0"],
    [/27a7…/, createHmac("sha256", SECRET).update(BODY).digest("hex")],
    [/--tunnel localtunnel/, `--tunnel localtunnel --tunnel-host ${relay.url}`],
    [/--api sandbox/, `--api ${simulator.ready["simulatorUrl"]}`],
    [/--speed 10/, "--speed max"],
  ];
}, 30_000);

afterAll(() => stack.disposeAsync());

function start(line: string) {
  const words = line.slice(PREFIX.length);
  const isOwn = words.startsWith("serve") || words.startsWith("listen");
  const script = places.reduce((text, [place, other]) => text.replace(place, other), line);
  const child = spawn("bash", ["-c", `npm() { shift 4; exec "${process.execPath}" "${CLI}" "$@"; }\n${script}`], {
    cwd: join(folder, "work"),
    env: {
      ...{ PATH: process.env["PATH"], HOME: folder, APIVIDEO_INSPECTOR_DATA_DIR: join(folder, isOwn ? "own" : "data") },
      ...{ APIVIDEO_INSPECTOR_LISTENER_PORT: "0", APIVIDEO_INSPECTOR_UI_PORT: "0" },
    },
  });
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output.text += chunk));
  child.stdin.end(STDIN.find(([part]) => words.includes(part))?.[1]);
  return { child, output, words, ended: once(child, "close").then(([code]) => code) };
}

it.each(documented)("%s", { timeout: 60_000 }, async (line) => {
  const { child, output, words, ended } = start(line);
  const staying = STAYING.find(({ starts }) => words.startsWith(starts));
  if (staying !== undefined) await vi.waitFor(() => expect(output.text).toMatch(staying.says), { timeout: 20_000 });
  const meanwhile = Object.entries(MEANWHILE).find(([starts]) => words.startsWith(starts))?.[1];
  if (meanwhile !== undefined) {
    await vi.waitFor(() => expect(output.text).not.toBe(""), { timeout: 20_000 });
    await runChild([CLI, ...meanwhile, "--data-dir", join(folder, "data")]);
  }
  if (staying !== undefined) child.kill("SIGINT");

  const code = await ended;
  expect(`exit code ${code}: ${output.text}`).toMatch(NOTHING_TO_DO[words] ?? /^exit code 0: /);
});
