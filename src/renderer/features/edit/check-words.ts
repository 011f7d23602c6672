import type { ReplayPreview } from "#shared/contract/replay-commands.ts";
import { headerValue, WEBHOOK_ID_HEADER } from "#shared/domain/headers.ts";
import type { Tone } from "../../ui/badge.tsx";
import { CAUSE_WORDS } from "../common/delivery-words.ts";
import type { SignChoice } from "./draft.ts";

/** What the receiver's check of the signature will say, as far as it can be told. */
export interface CheckWords {
  readonly tone: Exclude<Tone, "muted">;
  readonly text: string;
}

/** A sender's id can be of any length; a line is not. */
const MAX_SHOWN = 60;

/** Before a delivery is sent: whether a receiver that has the webhook's secret will find that it is signed with it. */
export function checkWords(preview: ReplayPreview, sign: SignChoice, isBodyChanged: boolean): CheckWords {
  const { problem, verification, secretOf } = preview;
  if (problem !== undefined) return { tone: "bad", text: problem.message };
  const webhookId = headerValue(preview.headers, WEBHOOK_ID_HEADER)?.slice(0, MAX_SHOWN);
  switch (verification.state) {
    case "verified":
      return { tone: "ok", text: `The receiver's check will pass: signed with the secret ${ownerWords(secretOf)}.` };
    case "unsigned":
      return { tone: "bad", text: "The receiver's check will fail: there is no signature." };
    case "unchecked":
      return {
        tone: "warn",
        text: `It cannot be told whether the receiver's check will pass: no secret is known${webhookId ? ` for ${webhookId}` : ""}.`,
      };
    case "failed":
      return failedWords(preview, sign, isBodyChanged, webhookId);
  }
}

function failedWords(
  { verification, secretOf }: ReplayPreview,
  sign: SignChoice,
  isBodyChanged: boolean,
  webhookId: string | undefined,
): CheckWords {
  const fails = "The receiver's check will fail";
  if (sign === "secret") {
    const whose = webhookId ? `the secret that ${webhookId} has here` : "any secret known here";
    return {
      tone: "warn",
      text: `The receiver's check will pass only where your server has this secret: it is not ${whose}.`,
    };
  }
  if (secretOf !== null) return { tone: "bad", text: `${fails}: signed with the secret ${ownerWords(secretOf)}.` };
  if (isBodyChanged) return { tone: "bad", text: `${fails}: the body was changed and the old signature kept.` };
  const cause = verification.cause === undefined ? "" : ` (${CAUSE_WORDS[verification.cause]})`;
  return { tone: "bad", text: `${fails}: the signature does not fit the body${cause}.` };
}

function ownerWords(secretOf: string | null): string {
  return secretOf === "APIVIDEO_WEBHOOK_SECRET" ? `in ${secretOf}` : `of ${secretOf?.slice(0, MAX_SHOWN) ?? "it"}`;
}
