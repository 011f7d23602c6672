import * as z from "zod";

/** Who decided what a delivery was answered, where that was not the plain 202. */
export const AnsweredBy = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("relay") }),
  z.object({ kind: z.literal("rule"), name: z.string() }),
]);
export type AnsweredBy = z.infer<typeof AnsweredBy>;
