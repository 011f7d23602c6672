import * as z from "zod";

/** What is kept on this machine and at api.video: what `app.erase` would take away. */
export const Holdings = z.object({
  deliveries: z.int(),
  /** Of these. */
  pinned: z.int(),
  attempts: z.int(),
  runs: z.int(),
  gaps: z.int(),
  apiKeys: z.int(),
  /** How many webhooks there is a signing secret of. */
  webhookSecrets: z.int(),
  profiles: z.int(),
  /** Webhooks of ours that are at an account now, as far as is known. */
  webhooks: z.array(z.object({ account: z.string(), url: z.string() })),
});
export type Holdings = z.infer<typeof Holdings>;

export const ErasureStep = z.enum(["webhook", "secrets", "deliveries", "settings", "file"]);
export type ErasureStep = z.infer<typeof ErasureStep>;

/** A webhook that could not be removed: nobody but its owner can do that now. */
export const LeftWebhook = z.object({
  account: z.string(),
  url: z.string(),
  /** null: it may be there, and nobody knows its id. */
  webhookId: z.string().nullable(),
});
export type LeftWebhook = z.infer<typeof LeftWebhook>;

/** What became of it. */
export const Erasure = z.object({
  deliveries: z.int(),
  left: z.array(LeftWebhook),
  /** Why they are left, in words. */
  reason: z.string().nullable(),
});
export type Erasure = z.infer<typeof Erasure>;
