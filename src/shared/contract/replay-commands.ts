import * as z from "zod";
import { Attempt } from "#shared/domain/attempt.ts";
import { HeaderPairs } from "#shared/domain/headers.ts";
import { RequestEdits } from "#shared/domain/request-edits.ts";
import { TargetHealth } from "#shared/domain/target-health.ts";
import { Verification } from "#shared/domain/verification.ts";
import { ErrorCode } from "#shared/errors.ts";
import { command, DeliveryId, NoInput, Secret } from "./command.ts";

/**
 * How a delivery is signed: as it was, with the newest secret of the webhook that its headers name, or with a secret
 * that is given for this once and kept nowhere.
 */
export const ReplaySign = z.union([z.enum(["keep", "webhook"]), z.strictObject({ secret: Secret })]);
export type ReplaySign = z.infer<typeof ReplaySign>;

const ReplayInput = z.object({
  id: DeliveryId,
  /** A target's name, a URL or a port. Without it the routes decide; of several targets, the first one answers. */
  target: z.string().max(2000).optional(),
  edits: RequestEdits.optional(),
  sign: ReplaySign.default("keep"),
});

/** What `replay.send` would send, and what a receiver would find. */
export const ReplayPreview = z.object({
  method: z.string(),
  /** As the target gets it, and as it would be kept: without the segment that api.video was given for this app. */
  path: z.string(),
  headers: HeaderPairs,
  bodyBytes: z.int(),
  /** Whether it would be kept as a new delivery; false where nothing was changed. */
  isEdited: z.boolean(),
  verification: Verification,
  /** The value of the signature header; null where there is none. */
  signature: z.string().nullable(),
  /** Whose secret the signature fits: a webhook's id or APIVIDEO_WEBHOOK_SECRET; null where no known one does. */
  secretOf: z.string().nullable(),
  /** Where it would go; null where there is no target, or one that cannot be read. */
  url: z.string().nullable(),
  /** Why it would not be sent; absent where it would, as far as can be told without asking for the target's address. */
  problem: z.object({ code: ErrorCode, message: z.string() }).optional(),
});
export type ReplayPreview = z.infer<typeof ReplayPreview>;

/** Sending what was captured to the developer's own server. */
export const replayCommands = {
  "replay.send": command({
    summary:
      "Send a stored delivery again, byte for byte, or edited and signed anew, which is then kept as a new delivery; answers when the attempt has ended",
    input: ReplayInput,
    output: Attempt,
    effect: "write",
  }),
  "replay.preview": command({
    summary: "What `replay.send` would send, and whether its signature would fit; sends and keeps nothing",
    input: ReplayInput,
    output: ReplayPreview,
    effect: "read",
  }),
  "targets.check": command({
    summary: "Look now whether something accepts a connection at each target; no request is sent",
    input: NoInput,
    output: z.object({ targets: z.array(TargetHealth) }),
    effect: "read",
  }),
} as const;
