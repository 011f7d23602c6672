import type { ErrorCode } from "#shared/errors.ts";

/** 1 a bug, 2 wrong input, 3 something of this machine, 4 not found, 5 the other side of the network, 6 the engine is gone. */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  internal: 1,
  "input.invalid": 2,
  "command.unknown": 2,
  "replay.target_refused": 2,
  "replay.no_target": 2,
  "replay.no_secret": 2,
  "host.unsupported": 2,
  "listener.port_in_use": 3,
  "listener.permission": 3,
  "ui.port_in_use": 3,
  "simulator.port_in_use": 3,
  "store.locked": 3,
  "store.corrupt": 3,
  "store.newer": 3,
  "store.full": 3,
  "store.busy": 3,
  "store.unwritable": 3,
  "secrets.unavailable": 3,
  "delivery.not_found": 4,
  "run.not_found": 4,
  "tunnel.start_failed": 5,
  "tunnel.timeout": 5,
  "api.key_missing": 5,
  "api.unauthorized": 5,
  "api.forbidden": 5,
  "api.not_found": 5,
  "api.rejected": 5,
  "api.rate_limited": 5,
  "api.unavailable": 5,
  "api.unexpected_response": 5,
  "registration.limit": 5,
  "simulator.failed": 5,
  "host.disconnected": 6,
};

/** Also for what is no error of ours: a signature, an answer or a delivery that is not as it should be. */
export const OTHER_SIDE_EXIT_CODE = 5;

/** As shells have it for what Ctrl-C ended. */
export const INTERRUPTED_EXIT_CODE = 130;
