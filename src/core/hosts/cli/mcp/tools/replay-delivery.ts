import * as z from "zod";
import { commands } from "#shared/contract/commands.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import { Verdict } from "#shared/domain/run.ts";
import { verdictBetween } from "#shared/domain/verdict.ts";
import { BodyPart, MAX_BODY_BYTES, partWords, toBodyPart } from "../body-part.ts";
import { configuredTarget } from "../configured-target.ts";
import { AttemptFacts, attemptFacts } from "../delivery-facts.ts";
import { reactionOf } from "../reaction-of.ts";
import { defineTool } from "../tool.ts";
import { seenLine } from "../untrusted.ts";
import { headerLines } from "./get-delivery.ts";

const { input } = commands["replay.send"];

export const replayDelivery = defineTool({
  name: "replay_delivery",
  title: "Send a webhook to the developer's server again",
  description:
    "Send a stored delivery to the developer's server again, byte for byte; answers when the attempt has ended. Use it after the handler was changed: the answer has what the server said, and whether that is fixed, regressed, changed or the same against the last attempt there. It goes where the app forwards to, or to a target that a person has configured (get_status names them), and nowhere else.",
  uses: ["deliveries.get", "settings.get", "replay.send"],
  needs: "history",
  hasCaptured: true,
  input: z.strictObject({
    id: input.shape.id,
    target: input.shape.target.describe(
      "The name or URL of a configured target; without it, where the app forwards to",
    ),
    sign: z
      .enum(["keep", "webhook"])
      .default("keep")
      .describe("webhook: signed anew with the webhook's secret, for an old delivery after the secret has changed"),
  }),
  facts: z.object({
    attempt: AttemptFacts,
    /** Against the last attempt at the same place; `first` where there was none. */
    verdict: Verdict,
    body: BodyPart.optional(),
  }),
  async run({ id, target, sign }, { call }) {
    const [{ values }, delivery] = await Promise.all([call("settings.get", {}), call("deliveries.get", { id })]);
    const allowed = target === undefined ? {} : { target: configuredTarget(target, values) };
    const attempt = await call("replay.send", { id, sign, ...allowed });
    const before = delivery.attempts.findLast((earlier) => earlier.target === attempt.target && !earlier.fault);
    return {
      facts: {
        attempt: attemptFacts(attempt),
        verdict: verdictBetween(before === undefined ? null : reactionOf(before), reactionOf(attempt), null),
        ...answered(attempt).facts,
      },
      captured: answered(attempt).captured,
    };
  },
});

/** What the server said, as far as an answer holds it. */
function answered({ id, outcome }: Attempt): { facts: { body?: BodyPart }; captured: string[] } {
  if (outcome.kind === "unreachable") return { facts: {}, captured: [seenLine(outcome.message)] };
  const { status, headers, bodyBase64, bodyBytes } = outcome;
  const kept = Buffer.from(bodyBase64, "base64");
  const { part, shown } = toBodyPart(kept.subarray(0, MAX_BODY_BYTES), {
    offset: 0,
    totalBytes: bodyBytes,
    keptBytes: kept.length,
  });
  const lines = [`Answer ${status} (attempt ${id})`, ...headerLines(headers), "", partWords(part), shown];
  return { facts: { body: part }, captured: lines };
}
