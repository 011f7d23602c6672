import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { CLI, projectRoot, runChild, startChild } from "../helpers/child.ts";
import { ELSEWHERE, isForAgents, OF_THEIR_OWN } from "../helpers/documented-elsewhere.ts";
import { allDocumented, documentedIn, ownWords } from "../helpers/documents.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { startRelay } from "../helpers/relay.ts";
import { SIMULATOR_KEY } from "../helpers/simulator-account.ts";
import { openTerminal, type Terminal, type Typed } from "../helpers/terminal.ts";

// Each command of ours in a document is run by bash as it stands there, one after the other, in one folder and beside one
// app, unless another test runs it. Only what lies outside this machine is given another place, and long times are made
// short. Of all else that a document tells to run it is known who does, or why nobody does.

const SECRET = "sig_sec_documented";
const BODY = JSON.stringify({ type: "video.encoding.quality.completed", videoId: "vi4kDocumented", quality: "480p" });

/** What is typed too, though another program is what it starts with. */
const TYPED_TOO: readonly string[] = [
  "npm ci && npm start",
  "npm ci && npm run build",
  "echo 'source <(apivideo-inspector completion bash)' >> ~/.bashrc",
  "echo 'source <(apivideo-inspector completion zsh)' >> ~/.zshrc",
];

const documented = allDocumented();
const left = documented
  .filter(({ document, text }) => !(document in OF_THEIR_OWN || text in ELSEWHERE || isForAgents(text)))
  .map(({ document, text }) => ({ document, text, words: ownWords(text) ?? text }));
const [typed = [], unknown = []] = [true, false].map((isTyped) =>
  left.filter(({ text }) => (ownWords(text) !== null || TYPED_TOO.includes(text)) === isTyped),
);
/** What two documents say alike is typed once. */
const lines = [...new Map(typed.toReversed().map((line) => [line.words, line])).values()].toReversed();

/** Those that stay until they are told to end, and what they say once they are up. */
const STAYING: readonly { readonly starts: string; readonly says: RegExp }[] = [
  { starts: "serve --json", says: /"ready":true/ },
  { starts: "serve", says: /Press Ctrl\+C/ },
  { starts: "npm ci && npm start", says: /served to the browser instead[\s\S]*Press Ctrl\+C/ },
  { starts: "listen", says: /Press/ },
  { starts: "simulator", says: /http:/ },
  { starts: "events tail", says: /sig|…|\./ },
];

/** What has to be typed before. */
const BEFORE: Readonly<Record<string, string>> = {
  "events restore": "apivideo-inspector events delete d12 d13",
  "events delete --query 'is:imported before:today'":
    'sed \'s/"receivedAt":"[0-9]*/"receivedAt":"2025/\' deliveries.jsonl > old.jsonl; apivideo-inspector events import old.jsonl',
};

/** What has to happen while they wait, and then is said. */
const MEANWHILE: Readonly<Record<string, { readonly run: readonly string[]; readonly says: RegExp }>> = {
  "events wait": { run: ["trigger", "video.encoding.quality.completed", "--set", "quality=720p"], says: /d\d+/ },
  "events tail": { run: ["trigger", "video.caption.generated", "--signature", "wrong-secret"], says: /wrong/i },
};

/** Those that do not end with 0 here, and what they say: npm and jq end by the signal themselves. */
const OTHERWISE: Readonly<Record<string, RegExp>> = {
  "npm ci && npm start": /^exit code null: /,
  "events tail sig:failed --format json | jq .verification": /^exit code (null|130): /,
  "webhooks reconcile": /^exit code 2: .*There was no gap yet/,
};

/** They encode at the simulator for seconds, and so begin beside the first ones. */
const SLOW = /^trigger --real/;

const STDIN: readonly (readonly [part: string, text: string])[] = [
  ["--secret-stdin", SECRET],
  ["login", SIMULATOR_KEY],
];

const stack = new AsyncDisposableStack();
const begun = new Map<string, Typed>();
let terminal: Terminal;
let data = "";

beforeAll(async () => {
  const receiver = stack.use(await startReceiver());
  // As a handler that checks signatures: of all that comes here, captions are signed with a wrong secret.
  receiver.statusFor = ({ body }) => (body.includes("video.caption.generated") ? 401 : 200);
  const relay = stack.use(await startRelay());
  const simulator = stack.use(await startChild([CLI, "simulator", "--port", "0", "--json"]));
  const api = `--api ${simulator.ready["simulatorUrl"]}`;
  terminal = stack.use(
    openTerminal([
      [/^npm ci && /, ""],
      [/\b3000\b/, new URL(receiver.url).port],
      [/--api http:\/\/127\.0\.0\.1:4848|--api sandbox|--api production/, api],
      [/4848/, "0"],
      [/27a7\w*…/, createHmac("sha256", SECRET).update(BODY).digest("hex")],
      [/--tunnel localtunnel/, `--tunnel localtunnel --tunnel-host ${relay.url}`],
      [/--speed 10/, "--speed max"],
      // What it prints to a pipe it keeps until that is a page full.
      [/\| jq /, "| jq --unbuffered "],
    ]),
  );
  data = join(terminal.folder, "data");
  writeFileSync(join(terminal.folder, "work/key.txt"), SIMULATOR_KEY);
  writeFileSync(join(terminal.folder, "work/secret.txt"), SECRET);
  const flags = ["--listener-port", "0", "--ui-port", "0", "--no-open"];
  const env = { APIVIDEO_WEBHOOK_SECRET: SECRET };
  const serve = stack.use(await startChild([CLI, "serve", "--json", "--data-dir", data, ...flags], env));
  await runChild([CLI, "config", "set", `forwardTo=${receiver.url}`, "--data-dir", data]);
  for (let count = 0; count < 13; count += 1) {
    await sendDelivery(serve.ready["listenerUrl"] ?? "", { body: BODY, secret: SECRET, webhookId: "webhook_1" });
  }
  for (const { text, words } of lines) if (SLOW.test(words)) begun.set(text, type(text, words));
}, 30_000);

afterAll(() => stack.disposeAsync());

const found = <Value>(table: Readonly<Record<string, Value>>, words: string): Value | undefined =>
  Object.entries(table).find(([starts]) => words.startsWith(starts))?.[1];

function type(text: string, words: string) {
  const isOwn = /^(serve|listen|npm)/.test(words);
  return terminal.type(ownWords(text) === text ? `apivideo-inspector ${text}` : text, {
    stdin: STDIN.find(([part]) => words.includes(part))?.[1],
    env: { APIVIDEO_INSPECTOR_DATA_DIR: isOwn ? join(terminal.folder, "own") : data },
  });
}

it.each(lines)("$text ($document)", { timeout: 60_000 }, async ({ text, words }) => {
  const before = found(BEFORE, words);
  if (before !== undefined) await type(before, before).ended;

  const { said, interrupt, ended } = begun.get(text) ?? type(text, words);
  const staying = STAYING.find(({ starts }) => words.startsWith(starts));
  if (staying !== undefined) await vi.waitFor(() => expect(said()).toMatch(staying.says), { timeout: 20_000 });
  const meanwhile = found(MEANWHILE, words);
  if (meanwhile !== undefined) {
    await vi.waitFor(() => expect(said()).not.toBe(""), { timeout: 20_000 });
    await runChild([CLI, ...meanwhile.run, "--data-dir", data]);
    await vi.waitFor(() => expect(said()).toMatch(meanwhile.says), { timeout: 20_000 });
  }
  if (staying !== undefined) interrupt();

  expect(await ended).toMatch(OTHERWISE[words] ?? /^exit code 0: /);
});

describe("what no line is typed for", () => {
  it("stands in a list that says who runs it, or why nobody does (test/helpers/documented-elsewhere.ts)", () => {
    expect(unknown).toEqual([]);
  });

  it.each(Object.entries(ELSEWHERE))("is documented, and done elsewhere or left out for a reason: %s", (text, way) => {
    expect(documented.map((one) => one.text)).toContain(text);
    if ("in" in way) expect(readFileSync(join(projectRoot, way.in), "utf8")).toContain(way.as);
  });

  it.each(Object.entries(OF_THEIR_OWN))("is all of %s, which %s reads", (document, test) => {
    expect(documentedIn(document)).not.toEqual([]);
    expect(readFileSync(join(projectRoot, test), "utf8")).toContain(`documentedIn("${document}")`);
  });

  it.each(documented.filter(({ text }) => /\bnpm run /.test(text) && ownWords(text) === null))(
    "is named as it is called: $text ($document)",
    ({ text }) => {
      const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
      const [, script = "", names = ""] = /npm run (?:-s )?([\w:]+)(.*)/.exec(text) ?? [];
      const benches = readdirSync(join(projectRoot, "bench")).join(" ");

      expect(Object.keys(scripts)).toContain(script);
      if (script === "bench")
        for (const name of names.split(" ").filter(Boolean)) expect(benches).toContain(`${name}.bench`);
    },
  );
});

const reasons = Object.entries(ELSEWHERE).flatMap(([text, way]) =>
  "because" in way ? [`${text} (${way.because})`] : [],
);
console.log(`Documented, and not run: ${reasons.join("; ")}.`);
