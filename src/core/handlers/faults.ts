import type { LiveFaults } from "../replay/faults/live-faults.ts";
import type { Handlers } from "../router.ts";

export function faultHandlers({ faults }: { faults: LiveFaults }): Pick<Handlers, "faults.set" | "faults.clear"> {
  return {
    "faults.set": ({ fault, next }) => {
      faults.set(fault, next);
      return {};
    },
    "faults.clear": () => {
      faults.clear();
      return {};
    },
  };
}
