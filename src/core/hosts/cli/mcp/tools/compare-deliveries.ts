import * as z from "zod";
import { type ComparedContent, type Found, findChanges, MAX_COMPARED_BYTES } from "#shared/compare/find-changes.ts";
import { DeliveryId } from "#shared/contract/command.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import { Verdict } from "#shared/domain/run.ts";
import { verdictBetween } from "#shared/domain/verdict.ts";
import type { Change } from "#shared/json/change.ts";
import { answerContent, deliveryContent } from "../compared-content.ts";
import { findAttempt } from "../find-attempt.ts";
import { reactionOf } from "../reaction-of.ts";
import { defineTool, type ToolCall } from "../tool.ts";
import { seenLine } from "../untrusted.ts";

const Side = z.strictObject({
  id: DeliveryId.describe("A delivery, such as d12"),
  attemptId: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe("Compare what the developer's server answered in this attempt"),
});
type Side = z.infer<typeof Side>;

/** Of each part. */
const MAX_CHANGES = 50;
const MAX_VALUE_CHARS = 240;

export const compareDeliveries = defineTool({
  name: "compare_deliveries",
  title: "Compare two webhooks or two answers",
  description:
    "Say in what two deliveries differ, or two answers of the developer's server (give an attemptId on both sides): method, path, headers, and the JSON body by its paths. Use it when one of two similar webhooks is refused, or to see what a change of the handler changed; for two answers it says whether the later one is fixed, regressed, changed or the same.",
  uses: ["deliveries.get", "deliveries.body"],
  needs: "history",
  hasCaptured: true,
  input: z.strictObject({ before: Side, after: Side }),
  facts: z.object({
    /** What became of it from one answer to the other. */
    verdict: Verdict.optional(),
    /** How the bodies compare: `spaced` differ in white space alone. */
    body: z.enum(["same", "spaced", "json", "text", "binary", "too-large"]),
    /** How many differences there are in each part. */
    facts: z.int(),
    headers: z.int(),
    bodyChanges: z.int(),
  }),
  async run({ before, after }, { call }) {
    const [one, other] = await Promise.all([readSide(before, call), readSide(after, call)]);
    const found = findChanges(one.content, other.content);
    const verdict =
      one.attempt === null || other.attempt === null
        ? undefined
        : verdictBetween(reactionOf(one.attempt), reactionOf(other.attempt), { ignore: [] });
    return {
      facts: {
        verdict,
        body: found.body.result,
        facts: found.facts.length,
        headers: found.headers.length,
        bodyChanges: found.body.changes.length,
      },
      captured: changeLines(found),
    };
  },
});

async function readSide(
  { id, attemptId }: Side,
  call: ToolCall<"deliveries.get" | "deliveries.body">["call"],
): Promise<{ readonly content: ComparedContent; readonly attempt: Attempt | null }> {
  const delivery = await call("deliveries.get", { id });
  if (attemptId !== undefined) {
    const attempt = findAttempt(delivery, attemptId);
    return { content: answerContent(attempt), attempt };
  }
  const { base64 } = await call("deliveries.body", { id, length: MAX_COMPARED_BYTES + 1 });
  return { content: deliveryContent(delivery, Buffer.from(base64, "base64")), attempt: null };
}

function changeLines({ facts, headers, body }: Found): string[] {
  return [...listed("", facts), ...listed("header ", headers), ...listed("body ", body.changes)];
}

function listed(part: string, changes: readonly Change[]): string[] {
  const lines = changes.slice(0, MAX_CHANGES).map((change) => changeLine(part, change));
  return changes.length > MAX_CHANGES ? [...lines, `[${changes.length - MAX_CHANGES} more]`] : lines;
}

function changeLine(part: string, { kind, path, before, after }: Change): string {
  return `${part}${seenLine(path || "as a whole", MAX_VALUE_CHARS)} ${kind}: ${writtenValue(before)} → ${writtenValue(after)}`;
}

function writtenValue(value: string | null): string {
  return value === null ? "none" : seenLine(value, MAX_VALUE_CHARS);
}
