import type { Forwarding, Problem } from "#shared/contract/snapshot.ts";
import type { AnswerMode } from "#shared/domain/answer-rule.ts";
import type { AttemptNotice } from "#shared/domain/attempt.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { RunSummary } from "#shared/domain/run.ts";
import type { TargetHealth } from "#shared/domain/target-health.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import type { Verification } from "#shared/domain/verification.ts";
import type { RegistrationState } from "#shared/domain/webhook.ts";
import type { Tally } from "./tally.ts";

/** All that `listen` says, one by one; with `--format json`, each is a line as it stands here. */
export type Told =
  | {
      readonly kind: "ready";
      /** The engine runs in another process, and goes on when `listen` ends. */
      readonly isAttached: boolean;
      /** That of the engine. */
      readonly pid: number;
      readonly dataDir: string;
      readonly listenerUrl: string;
      readonly publicUrl: string | null;
      readonly simulatorUrl: string | null;
      readonly forwarding: Forwarding;
      readonly answerMode: AnswerMode;
      /** The search that says which deliveries are told of; null for all. */
      readonly query: string | null;
    }
  | { readonly kind: "delivery"; readonly delivery: DeliverySummary }
  /** A delivery that was told of was checked again, with a secret that was not known before. */
  | { readonly kind: "verification"; readonly delivery: DeliverySummary; readonly was: Verification }
  | { readonly kind: "answer"; readonly attempt: AttemptNotice }
  /** A run of many replays is over; its results are not told of one by one. */
  | { readonly kind: "run"; readonly run: RunSummary }
  | { readonly kind: "tunnel"; readonly tunnel: TunnelState }
  | { readonly kind: "registration"; readonly registration: RegistrationState }
  /** With `--print-secret`, of the webhook just registered; null where an earlier run made it. */
  | { readonly kind: "secret"; readonly webhookId: string; readonly secret: string | null }
  | { readonly kind: "target"; readonly target: TargetHealth }
  | { readonly kind: "problem"; readonly problem: Problem }
  | ({ readonly kind: "summary" } & Tally);
