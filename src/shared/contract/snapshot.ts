import * as z from "zod";
import { DeliveryCounts } from "#shared/domain/delivery.ts";
import { LiveFault } from "#shared/domain/fault.ts";
import { HoldState } from "#shared/domain/hold.ts";
import { LaunchOption } from "#shared/domain/launch-option.ts";
import { Profile } from "#shared/domain/profile.ts";
import { SettingSource, Settings } from "#shared/domain/settings.ts";
import { TargetHealth } from "#shared/domain/target-health.ts";
import { TunnelState } from "#shared/domain/tunnel.ts";
import { RegistrationState } from "#shared/domain/webhook.ts";

/** Something that is wrong and stays wrong until somebody acts: what happened, what it means, what to do. */
export const Problem = z.object({ id: z.string(), title: z.string(), message: z.string() });
export type Problem = z.infer<typeof Problem>;

export const ApiState = z.object({
  environment: z.enum(["simulator", "sandbox", "production", "custom"]),
  baseUrl: z.string(),
  hasKey: z.boolean(),
});
export type ApiState = z.infer<typeof ApiState>;

export const SettingsView = z.object({
  values: Settings,
  sources: z.record(z.string(), SettingSource),
  /** All profiles, the one in use with what is saved now; which one that is says `profile`. */
  profiles: z.array(Profile),
  profile: z.string(),
});
export type SettingsView = z.infer<typeof SettingsView>;

/**
 * `target` is the default one, for what no route decides about; `routes` how many there are, absent for none. `trouble`:
 * why nobody answered the last forward; absent where somebody did, or none was tried.
 */
export const Forwarding = z.object({
  target: z.string().nullable(),
  routes: z.int().optional(),
  trouble: z.string().optional(),
});
export type Forwarding = z.infer<typeof Forwarding>;

/** Everything a client needs to draw its first screen, but the deliveries. Events with a greater `seq` come on top. */
export const AppSnapshot = z.object({
  versions: z.object({ app: z.string(), node: z.string(), electron: z.string().optional() }),
  dataDir: z.string(),
  listener: z.object({ url: z.string() }),
  tunnel: TunnelState,
  api: ApiState,
  registration: RegistrationState,
  forwarding: Forwarding,
  /** Whether something listens at each target, the default one among them; each URL once. */
  targets: z.array(TargetHealth),
  /** What is wrong with forwards on purpose at the moment. */
  faults: LiveFault.nullable(),
  hold: HoldState,
  counts: DeliveryCounts,
  settings: SettingsView,
  /** What was decided at the start and can only be read. */
  launch: z.array(LaunchOption),
  problems: z.array(Problem),
  seq: z.int(),
});
export type AppSnapshot = z.infer<typeof AppSnapshot>;
