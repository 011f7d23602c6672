import * as z from "zod";
import { AttemptNotice } from "#shared/domain/attempt.ts";
import { DeliveryCounts, DeliverySummary } from "#shared/domain/delivery.ts";
import { ErasureStep } from "#shared/domain/erasure.ts";
import { LiveFault } from "#shared/domain/fault.ts";
import { Gap } from "#shared/domain/gap.ts";
import { HoldState } from "#shared/domain/hold.ts";
import { RunSummary } from "#shared/domain/run.ts";
import { TargetHealth } from "#shared/domain/target-health.ts";
import { TunnelState } from "#shared/domain/tunnel.ts";
import { RegistrationState } from "#shared/domain/webhook.ts";
import { ApiState, Forwarding, Problem, SettingsView } from "./snapshot.ts";

/** Everything the engine tells its clients unasked, by `area.happened`. No bodies and no secrets, ever. */
export const events = {
  "delivery.received": DeliverySummary,
  "delivery.updated": DeliverySummary,
  /** The ids that are gone, or null when all that are not pinned are. */
  "delivery.removed": z.object({ ids: z.array(z.string()).nullable() }),
  "attempt.updated": AttemptNotice,
  /**
   * How far a run is, a few times a second at most. `attempts` has those that were stored since, or the last of them where
   * they are too many: then `hasMore` says that rows changed which are not told of.
   */
  "run.progressed": z.object({ run: RunSummary, attempts: z.array(AttemptNotice), hasMore: z.boolean() }),
  "run.removed": z.object({ id: z.string() }),
  "counts.changed": DeliveryCounts,
  "listener.changed": z.object({ url: z.string() }),
  "tunnel.changed": TunnelState,
  /** A gap that began or ended. */
  "gap.changed": Gap,
  "registration.changed": RegistrationState,
  "webhooks.changed": z.object({}),
  /** How far `webhooks.reconcile` is. */
  "reconcile.progressed": z.object({ checkedVideos: z.int(), totalVideos: z.int() }),
  "api.changed": ApiState,
  "forwarding.changed": Forwarding,
  /** Whether something listens at each target; told when one is otherwise than before. */
  "targets.changed": z.object({ targets: z.array(TargetHealth) }),
  /** What is wrong with forwards on purpose from now on; null for nothing. */
  "faults.changed": LiveFault.nullable(),
  "hold.changed": HoldState,
  "settings.changed": SettingsView,
  /** What `app.erase` is at; `done` of `total` deliveries. */
  "erase.progressed": z.object({ step: ErasureStep, done: z.int(), total: z.int() }),
  "problem.raised": Problem,
  "problem.cleared": z.object({ id: z.string() }),
  /** The stream cannot be resumed from where the client was: load everything again. */
  reset: z.object({}),
} as const;
