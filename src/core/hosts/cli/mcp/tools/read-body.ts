import * as z from "zod";
import { commands } from "#shared/contract/commands.ts";
import { BodyPart, MAX_BODY_BYTES, partWords, toBodyPart } from "../body-part.ts";
import { answerOf } from "../find-attempt.ts";
import { defineTool } from "../tool.ts";

const { input, summary } = commands["deliveries.body"];

export const readBody = defineTool({
  name: "read_body",
  title: "Read a webhook's body, or an answer's",
  description: `${summary}; with attemptId, of the answer that the developer's server gave (its error page, for one). At most ${MAX_BODY_BYTES} bytes at a time: go on with the offset that \`next\` says. Use base64 where every byte counts; as text, what cannot be seen is shown as its code.`,
  uses: ["deliveries.body", "deliveries.get"],
  needs: "history",
  hasCaptured: true,
  input: z.strictObject({
    id: input.shape.id,
    attemptId: z.string().min(1).max(64).optional().describe("An attempt of this delivery, as get_delivery names it"),
    offset: input.shape.offset,
    length: z.int().min(1).max(MAX_BODY_BYTES).default(MAX_BODY_BYTES),
    encoding: z.enum(["auto", "base64"]).default("auto").describe("auto: text where the body is some"),
  }),
  facts: BodyPart.extend({ id: z.string(), attemptId: z.string().optional() }),
  async run({ id, attemptId, offset, length, encoding }, { call }) {
    const { range, ...place } =
      attemptId === undefined
        ? await capturedRange(await call("deliveries.body", { id, offset, length }), offset)
        : answeredRange(answerOf(await call("deliveries.get", { id }), attemptId), offset, length);
    const { part, shown } = toBodyPart(range, place, encoding === "base64");
    return { facts: { id, attemptId, ...part }, captured: [partWords(part), shown] };
  },
});

function capturedRange({ base64, totalBytes }: { base64: string; totalBytes: number }, offset: number) {
  return { range: Buffer.from(base64, "base64"), offset, totalBytes };
}

function answeredRange({ body, bodyBytes }: { body: Buffer; bodyBytes: number }, offset: number, length: number) {
  return {
    range: body.subarray(offset, offset + length),
    offset,
    totalBytes: bodyBytes,
    keptBytes: body.length,
  };
}
