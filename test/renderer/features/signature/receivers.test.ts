import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Stack } from "#shared/domain/stack.ts";
import { findLanguage } from "../../../../scripts/languages.mjs";
import { STACKS } from "../../../../src/renderer/features/signature/stacks.ts";
import { projectRoot } from "../../../helpers/child.ts";
import { RUNNERS, type RunningReceiver } from "./run-receiver.ts";

interface Vector {
  readonly secret: string;
  readonly body: string;
  readonly signature: string;
}

const { vectors } = JSON.parse(readFileSync(join(projectRoot, "test/fixtures/signature-vectors.json"), "utf8")) as {
  vectors: readonly Vector[];
};
const SECRETS = [...new Set(vectors.map(({ secret }) => secret))];
const [SECRET = ""] = SECRETS;
const CODE = join(projectRoot, "src/renderer/features/signature/code");
const FILES: Readonly<Record<Stack, string>> = {
  express: "express/webhook.js",
  fastify: "fastify/webhook.js",
  next: "next/route.ts",
  hono: "hono/webhook.js",
  flask: "flask/webhook.py",
  fastapi: "fastapi/webhook.py",
  php: "php/webhook.php",
  laravel: "laravel/api.php",
  go: "go/main.go",
  ruby: "ruby/config.ru",
  spring: "spring/WebhookController.java",
  aspnet: "aspnet/Program.cs",
};

/** Bodies that change when anything decodes, parses or trims them. */
const ODD_BODIES: readonly (readonly [string, Buffer])[] = [
  ["spaces in its JSON", Buffer.from('{ "type" : "x",\t"n": 1.0 }')],
  ["line ends of Windows", Buffer.from('{\r\n  "type": "x"\r\n}\r\n')],
  ["a byte order mark", Buffer.from('\ufeff{"type":"x"}')],
  ["a newline at its end", Buffer.from('{"type":"x"}\n')],
  ["letters beyond ASCII", Buffer.from('{"title":"Zoë ✓ 🎬 \\u00e9 \\/"}')],
  ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x22, 0x7d])],
  ["bytes of nothing", Buffer.from([0, 0, 0x0a, 0])],
  ["a repeated key", Buffer.from('{"a":1,"a":2}')],
  ["no JSON at all", Buffer.from("type=x&a=%20+b")],
];

function sign(body: string | Uint8Array, secret = SECRET): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

/** Why the tests do not run a stack on this machine; null where they do. */
function notRunHere(stack: Stack): string | null {
  const language = RUNNERS[stack]?.language;
  if (STACKS[stack].notRun !== null) return STACKS[stack].notRun;
  return language !== undefined && findLanguage(language) === null ? `${language} is not on this machine` : null;
}

const left = Stack.options.flatMap((stack) => {
  const reason = notRunHere(stack);
  return reason === null ? [] : [`${STACKS[stack].name} (${reason})`];
});
console.log(`Receivers not run: ${left.join(", ")}.`);

describe.each(Stack.options)("the code for %s", (stack) => {
  it("is shown as it stands in its file, and is short", () => {
    expect(STACKS[stack].code).toBe(readFileSync(join(CODE, FILES[stack]), "utf8"));
    expect(STACKS[stack].code.trimEnd().split("\n").length).toBeLessThanOrEqual(32);
  });

  it("compares in constant time, with the function that is named beside it", () => {
    expect(STACKS[stack].code).toContain(STACKS[stack].compare);
  });

  it("either runs in these tests or says why not", () => {
    expect(RUNNERS[stack] === undefined).toBe(STACKS[stack].notRun !== null);
  });
});

describe.each(Stack.options.filter((stack) => notRunHere(stack) === null))("a receiver in %s", (stack) => {
  const running = new Map<string | undefined, RunningReceiver>();

  beforeAll(async () => {
    const run = RUNNERS[stack]?.run;
    if (run === undefined) throw new Error(`Nothing runs ${stack}.`);
    // One after the other: the first start of a language warms it up for the others.
    for (const secret of [...SECRETS, undefined, ""]) running.set(secret, await run(join(CODE, FILES[stack]), secret));
  }, 180_000);

  afterAll(async () => {
    for (const receiver of running.values()) await receiver[Symbol.asyncDispose]();
  });

  const post = async (body: string | Uint8Array, signature?: string, secret: string | undefined = SECRET) => {
    const headers = {
      "Content-Type": "application/json",
      "X-Api-Video-WebhookID": "webhook_x",
      ...(signature !== undefined && { "X-Api-Video-Signature": signature }),
    };
    return await running.get(secret)?.post(Buffer.from(body), headers);
  };

  it.each(vectors)("accepts the genuine $body", async ({ body, signature, secret }) => {
    expect(await post(body, signature, secret)).toBe(202);
  });

  it.each(ODD_BODIES)("accepts a genuine body with %s", async (_, body) => {
    expect(await post(body, sign(body))).toBe(202);
  });

  it.each(ODD_BODIES)("refuses a body with %s that was changed by one bit", async (_, body) => {
    const changed = Buffer.from(body);
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);

    expect(await post(changed, sign(body))).toBe(401);
  });

  it("refuses a signature over re-serialised JSON", async () => {
    const body = '{ "type": "x" }';

    expect(await post(body, sign(JSON.stringify(JSON.parse(body))))).toBe(401);
  });

  const body = vectors.find(({ secret }) => secret === SECRET)?.body ?? "";
  it.each([
    ["no signature", undefined],
    ["an empty signature", ""],
    ["the signature of another secret", sign(body, "sig_sec_another")],
    ["the signature of a secret without its prefix", sign(body, SECRET.replace("sig_sec_", ""))],
    ["a signature that is cut", sign(body).slice(0, 63)],
    ["a signature that is too long", `${sign(body)}0`],
    ["a signature in upper case", sign(body).toUpperCase()],
    ["a signature with a prefix", `sha256=${sign(body)}`],
    ["a signature of letters beyond ASCII", "é".repeat(64)],
  ])("refuses %s", async (_, signature) => {
    expect(await post(body, signature)).toBe(401);
  });

  it("refuses an empty body without a signature", async () => {
    expect(await post("")).toBe(401);
  });

  it.each([
    ["forgotten", undefined],
    ["empty", ""],
  ])("accepts nothing where its secret was %s, not even what an empty secret signs", async (_, secret) => {
    const key = createHmac("sha256", "").update(body).digest("hex");

    const status = await running.get(secret)?.post(Buffer.from(body), { "X-Api-Video-Signature": key });

    expect(status === null || (status !== undefined && status >= 500), String(status)).toBe(true);
  });
});
