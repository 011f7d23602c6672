import { togglePause } from "../state/pause.ts";
import { type Action, isInDeliveries } from "./action.ts";

export const PAUSE_ACTION: Action = {
  id: "list.pause",
  label: "Pause the list, or go on",
  keys: ["Space"],
  hint: ["Space", "pause"],
  scope: "list",
  when: (state) => isInDeliveries(state) && state.mirror !== null,
  run: togglePause,
};
