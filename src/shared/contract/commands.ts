import { clipCommands } from "./clip-commands.ts";
import { deliveryCommands } from "./delivery-commands.ts";
import { exportCommands } from "./export-commands.ts";
import { faultCommands } from "./fault-commands.ts";
import { holdCommands } from "./hold-commands.ts";
import { pathCommands } from "./path-commands.ts";
import { replayCommands } from "./replay-commands.ts";
import { runCommands } from "./run-commands.ts";
import { setupCommands } from "./setup-commands.ts";
import { simulatorCommands } from "./simulator-commands.ts";
import { subjectCommands } from "./subject-commands.ts";

/** Every command of the engine, by `area.verb`: here a capability has its name, shape and summary, and nowhere else. */
export const commands = {
  ...deliveryCommands,
  ...replayCommands,
  ...exportCommands,
  ...runCommands,
  ...faultCommands,
  ...holdCommands,
  ...subjectCommands,
  ...simulatorCommands,
  ...clipCommands,
  ...pathCommands,
  ...setupCommands,
} as const;
