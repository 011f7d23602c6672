import * as z from "zod";
import { areDistinct } from "./named-target.ts";
import { RuleName, RuleQuery } from "./route.ts";

/** accept: 202 as soon as a delivery is stored. relay: what the developer's own server answers. */
export const AnswerMode = z.enum(["accept", "relay"]);
export type AnswerMode = z.infer<typeof AnswerMode>;

export const MAX_DELAY_MS = 30_000;

/** A relayed answer is waited for between these. */
export const RELAY_DEADLINE = { min: 100, max: 30_000 };

/** What the sender of certain deliveries is told, whatever the developer's own server would say. */
export const AnswerRule = z.object({
  name: RuleName,
  query: RuleQuery,
  status: z.int().min(200, { error: "From 200 to 599." }).max(599, { error: "From 200 to 599." }),
  body: z.string().max(64 * 1024, { error: "At most 64 KiB." }),
  contentType: z
    .string()
    .max(200)
    .regex(/^[!#$%&'*+.^`|~\w-]+\/[!#$%&'*+.^`|~\w-]+(?:[ ;][\t -~]*)?$/, {
      error: "Write it as type/subtype, such as application/json.",
    })
    .optional(),
  delayMs: z
    .int()
    .min(0)
    .max(MAX_DELAY_MS, { error: `At most ${MAX_DELAY_MS / 1000} seconds.` }),
});
export type AnswerRule = z.infer<typeof AnswerRule>;

export const MAX_ANSWER_RULES = 20;

/** The first one that matches decides, before the mode does. */
export const AnswerRules = z
  .array(AnswerRule)
  .max(MAX_ANSWER_RULES, { error: `At most ${MAX_ANSWER_RULES} rules.` })
  .refine((rules) => areDistinct(rules.map(({ name }) => name)), { error: "There is a rule of this name already." });
