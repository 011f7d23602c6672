import { deliveryCommands } from "./delivery-commands.ts";
import { pathCommands } from "./path-commands.ts";
import { setupCommands } from "./setup-commands.ts";
import { subjectCommands } from "./subject-commands.ts";

/** Every command of the engine, by `area.verb`. The one place where a capability gets its name, shape and summary. */
export const commands = { ...deliveryCommands, ...subjectCommands, ...pathCommands, ...setupCommands } as const;
