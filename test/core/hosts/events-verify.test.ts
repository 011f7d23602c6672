import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diagnosisLines } from "#core/hosts/cli/diagnosis-lines.ts";
import { diagnose } from "#core/verification/diagnose.ts";
import { onlySecret } from "#core/verification/known-secrets.ts";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { CLI, projectRoot, runChild } from "../../helpers/child.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const VERIFY = [CLI, "events", "verify"];
const SECRET = "sig_sec_Verify00000000000000001";
const BODY = encodingEvent({ title: "a / b" });
const sign = (body: string, secret = SECRET) => createHmac("sha256", secret).update(body).digest("hex");

/** api.video's own example. */
const [PUBLISHED] = JSON.parse(readFileSync(join(projectRoot, "test/fixtures/signature-vectors.json"), "utf8")).vectors;

/** Runs the command on a body in a file, with the secret in the variable. */
async function verifyBody(body: string, signature: string, ...more: string[]) {
  using dir = tempDir();
  const file = join(dir.path, "body.json");
  writeFileSync(file, body);
  const args = ["--data-dir", join(dir.path, "none"), "--body", file, "--signature", signature];
  return await runChild([...VERIFY, ...args, ...more], { APIVIDEO_WEBHOOK_SECRET: SECRET });
}

describe("events verify of a body", () => {
  it("verifies what api.video published, from a file and from stdin, with the secret from a variable or stdin", async () => {
    using dir = tempDir();
    const { body, secret, signature } = PUBLISHED;
    const file = join(dir.path, "body.json");
    writeFileSync(file, body);

    const fromFile = await runChild([...VERIFY, "--body", file, "--signature", signature], {
      APIVIDEO_WEBHOOK_SECRET: secret,
    });
    const fromStdin = await runChild(
      [...VERIFY, "--body", "-", "--signature", signature],
      { APIVIDEO_WEBHOOK_SECRET: secret },
      body,
    );
    const secretFromStdin = await runChild(
      [...VERIFY, "--body", file, "--signature", signature, "--secret-stdin", "--format", "json"],
      { APIVIDEO_WEBHOOK_SECRET: "sig_sec_another" },
      `${secret}\n`,
    );

    expect(fromFile).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^verified\nThe signature fits/),
    });
    expect(fromFile.stdout).toContain(`Computed    ${signature}`);
    expect(fromStdin).toEqual(fromFile);
    expect(secretFromStdin.code).toBe(0);
    expect(JSON.parse(secretFromStdin.stdout)).toMatchObject({ state: "verified", computed: signature });
  });

  it("names cause, evidence and remedy of what fails, with code 5 and without the secret", async () => {
    const text = await verifyBody(JSON.stringify(JSON.parse(BODY), null, 2), sign(BODY));
    const json = await verifyBody(`${BODY}\n`, sign(BODY), "--format", "json");

    expect(text).toMatchObject({ code: 5, stderr: "" });
    expect(text.stdout).toMatch(/^failed \(reserialised-body\)\n.*JSON\.stringify of this body.*bytes were signed/);
    expect(text.stdout).toContain('  At byte 1: "\\n  " arrived, nothing was signed.\n');
    expect(text.stdout).toContain("  … and more (--format json)\nWhat to do: Sign and check the raw bytes");
    expect(text.stdout).toContain("Secret      APIVIDEO_WEBHOOK_SECRET\n");
    expect(json.code).toBe(5);
    expect(JSON.parse(json.stdout)).toMatchObject({
      state: "failed",
      cause: "body-altered",
      evidence: { kind: "body-variant", variant: expect.any(String) },
    });
    expect(json.stdout.trim().split("\n")).toHaveLength(1);
    expect(text.stdout + json.stdout).not.toContain(SECRET.slice("sig_sec_".length));
  });

  it.each([
    ["no-match", sign(BODY, "sig_sec_other")],
    ["secret-form", sign(BODY, SECRET.slice("sig_sec_".length))],
    ["encoding", sign(BODY).toUpperCase()],
    ["algorithm", createHmac("sha512", SECRET).update(BODY).digest("hex")],
    ["malformed-signature", "27a77d3a"],
    ["malformed-signature", ""],
  ])("says %s of the signature %s", async (cause, signature) => {
    const ended = await verifyBody(BODY, signature);

    expect(ended).toMatchObject({ code: 5, stderr: "", stdout: expect.stringMatching(`^failed \\(${cause}\\)\n`) });
  });

  it.each([
    [[], "Name one delivery (d12), or a file with --body."],
    [["d1", "--body", "x"], "Name one delivery (d12), or a file with --body."],
    [["payload.json"], '"payload.json" is no delivery.'],
    [["d1", "--signature", "ab"], "--signature is for --body"],
    [["--body", "x"], "--signature HEX"],
    [["--body", "-", "--signature", "ab", "--secret-stdin"], "not both"],
    [["--body", "nowhere", "--signature", "ab"], "APIVIDEO_WEBHOOK_SECRET, or with --secret-stdin"],
    [["--body", "nowhere", "--signature", "ab", "--secret-stdin"], "nothing came on standard input"],
    [["--body", "x", "--signature", "ab", "--secret", "y"], "unknown option '--secret'"],
  ])("ends with code 2 for %j", async (args, words) => {
    const ended = await runChild([...VERIFY, ...args]);

    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(words) });
  });

  it("ends with code 2 where the file is not there", async () => {
    const args = ["--body", "nowhere.json", "--signature", "ab", "--secret-stdin"];

    const ended = await runChild([...VERIFY, ...args], {}, SECRET);

    expect(ended).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("nowhere.json cannot be read"),
    });
  });
});

describe("events verify of a delivery", () => {
  it("checks with the secrets that the app knows, else with the one that is given", async () => {
    using dir = tempDir();
    {
      await using started = await startEngine({ dataDir: dir.path, connect: false, webhookSecret: SECRET });
      await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_1", secret: SECRET });
      await sendDelivery(started.engine.listenerUrl, {});
    }
    const verify = (env: Record<string, string>, ...args: string[]) =>
      runChild([...VERIFY, "--data-dir", dir.path, ...args], env, SECRET);

    // One after the other: each holds the folder as long as it runs.
    const unknown = await verify({}, "d1");
    const right = await verify({ APIVIDEO_WEBHOOK_SECRET: SECRET }, "d1");
    const wrong = await verify({ APIVIDEO_WEBHOOK_SECRET: "sig_sec_other" }, "d1", "--format", "json");
    const piped = await verify({ APIVIDEO_WEBHOOK_SECRET: "sig_sec_other" }, "d1", "--secret-stdin");
    const unsigned = await verify({}, "d2");
    const missing = await verify({}, "d404");
    {
      await using started = await startEngine({ dataDir: dir.path, connect: false });
      await started.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_1", value: SECRET });
    }
    const known = await verify({ APIVIDEO_WEBHOOK_SECRET: "sig_sec_other" }, "d1");

    // The variable is for webhooks that nobody knows the secret of.
    expect(known).toMatchObject({ code: 0, stdout: expect.stringMatching(/^verified\n/) });
    expect(unknown).toMatchObject({ code: 5, stdout: expect.stringMatching(/^unchecked \(unknown-webhook\)\n/) });
    expect(right).toMatchObject({ code: 0, stdout: expect.stringMatching(/^verified\n/) });
    expect(wrong.code).toBe(5);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ state: "failed", cause: "no-match" });
    expect(piped).toMatchObject({ code: 0, stdout: expect.stringContaining("Secret      standard input\n") });
    expect(unsigned).toMatchObject({ code: 5, stdout: expect.stringMatching(/^unsigned\n/) });
    expect(missing).toMatchObject({ code: 4, stdout: "" });
  });
});

it("words about a check never hold the secret, whatever is checked", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.array(fc.string(), { maxLength: 3 }), fc.boolean(), (body, texts, isSigned) => {
      const signatures = isSigned ? [createHmac("sha1", SECRET).update(body).digest("base64")] : texts;
      const lines = diagnosisLines(
        diagnose({ signatures, webhookId: undefined, body }, onlySecret(SECRET, undefined)),
        "x",
      );

      expect(lines[0]).toMatch(/^(failed|unsigned|verified)/);
      expect(lines.join("\n")).not.toContain(SECRET);
    }),
  );
});
