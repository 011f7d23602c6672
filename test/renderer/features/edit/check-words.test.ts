import { describe, expect, it } from "vitest";
import type { ReplayPreview } from "#shared/contract/replay-commands.ts";
import { checkWords } from "../../../../src/renderer/features/edit/check-words.ts";

const PREVIEW: ReplayPreview = {
  method: "POST",
  path: "/",
  headers: [["x-api-video-webhookid", "webhook_1"]],
  bodyBytes: 2,
  isEdited: true,
  verification: { state: "verified" },
  signature: "ab",
  secretOf: "webhook_1",
  url: "http://localhost:3000/",
};
const FAILED = { ...PREVIEW, verification: { state: "failed" }, secretOf: null } as const;

describe("what is said of the receiver's check", () => {
  it("names whose secret fits", () => {
    expect(checkWords(PREVIEW, "webhook", true)).toEqual({
      tone: "ok",
      text: "The receiver's check will pass: signed with the secret of webhook_1.",
    });
    expect(checkWords({ ...PREVIEW, secretOf: "APIVIDEO_WEBHOOK_SECRET" }, "keep", false).text).toContain(
      "the secret in APIVIDEO_WEBHOOK_SECRET.",
    );
  });

  it("says why it will fail", () => {
    expect(checkWords(FAILED, "keep", true).text).toBe(
      "The receiver's check will fail: the body was changed and the old signature kept.",
    );
    expect(
      checkWords({ ...FAILED, verification: { state: "failed", cause: "encoding" } }, "keep", false).text,
    ).toContain("the signature does not fit the body (encoding).");
    expect(checkWords({ ...FAILED, secretOf: "webhook_2" }, "keep", false).text).toContain(
      "signed with the secret of webhook_2.",
    );
    expect(checkWords({ ...PREVIEW, verification: { state: "unsigned" } }, "keep", false).text).toContain(
      "there is no signature.",
    );
  });

  it("does not call a secret wrong that only the receiver may know", () => {
    expect(checkWords(FAILED, "secret", true)).toMatchObject({ tone: "warn" });
    expect(checkWords(FAILED, "secret", true).text).toContain("only where your server has this secret");
  });

  it("says what cannot be told, and what stands in the way of sending", () => {
    expect(checkWords({ ...FAILED, verification: { state: "unchecked" } }, "keep", true)).toEqual({
      tone: "warn",
      text: "It cannot be told whether the receiver's check will pass: no secret is known for webhook_1.",
    });
    const problem = { code: "replay.no_secret", message: "No secret." } as const;
    expect(checkWords({ ...PREVIEW, problem }, "webhook", true)).toEqual({ tone: "bad", text: "No secret." });
  });
});
