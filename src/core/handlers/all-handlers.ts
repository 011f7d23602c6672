import type { Handlers } from "../router.ts";
import { appHandlers } from "./app.ts";
import { clipHandlers } from "./clip.ts";
import { deliveryHandlers } from "./deliveries.ts";
import { exportHandlers } from "./export.ts";
import { faultHandlers } from "./faults.ts";
import { gapHandlers } from "./gaps.ts";
import { holdHandlers } from "./hold.ts";
import { importHandlers } from "./import.ts";
import { profileHandlers } from "./profiles.ts";
import { reconcileHandlers } from "./reconcile.ts";
import { replayHandlers } from "./replay.ts";
import { runHandlers } from "./runs.ts";
import { secretHandlers } from "./secrets.ts";
import { settingsHandlers } from "./settings.ts";
import { setupHandlers } from "./setup.ts";
import { simulatorHandlers } from "./simulator.ts";
import { subjectHandlers } from "./subjects.ts";
import { tunnelHandlers } from "./tunnel.ts";
import { webhookHandlers } from "./webhooks.ts";

type PartsOf<F extends (parts: never) => unknown> = Parameters<F>[0];

/** The parts of the engine that its commands work with, each under one name. */
export type HandlerParts = PartsOf<typeof appHandlers> &
  PartsOf<typeof setupHandlers> &
  PartsOf<typeof profileHandlers> &
  PartsOf<typeof deliveryHandlers> &
  PartsOf<typeof replayHandlers> &
  PartsOf<typeof exportHandlers> &
  PartsOf<typeof importHandlers> &
  PartsOf<typeof runHandlers> &
  PartsOf<typeof faultHandlers> &
  PartsOf<typeof holdHandlers> &
  PartsOf<typeof simulatorHandlers> &
  PartsOf<typeof clipHandlers> &
  PartsOf<typeof subjectHandlers> &
  PartsOf<typeof tunnelHandlers> &
  PartsOf<typeof gapHandlers> &
  PartsOf<typeof reconcileHandlers> &
  PartsOf<typeof webhookHandlers> &
  PartsOf<typeof settingsHandlers> &
  PartsOf<typeof secretHandlers>;

/** What answers each command of the contract. */
export function allHandlers(parts: HandlerParts): Handlers {
  return {
    ...appHandlers(parts),
    ...setupHandlers(parts),
    ...profileHandlers(parts),
    ...deliveryHandlers(parts),
    ...replayHandlers(parts),
    ...exportHandlers(parts),
    ...importHandlers(parts),
    ...runHandlers(parts),
    ...faultHandlers(parts),
    ...holdHandlers(parts),
    ...simulatorHandlers(parts),
    ...clipHandlers(parts),
    ...subjectHandlers(parts),
    ...tunnelHandlers(parts),
    ...gapHandlers(parts),
    ...reconcileHandlers(parts),
    ...webhookHandlers(parts),
    ...settingsHandlers(parts),
    ...secretHandlers(parts),
  };
}
