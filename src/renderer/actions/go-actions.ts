import { type MenuActionId, menuAction, menuActions } from "#shared/menu-actions.ts";
import { AREAS, type Area } from "../state/hash.ts";
import { setView } from "../state/store.ts";
import type { Action } from "./action.ts";
import { focusAreaWhenThere } from "./regions.ts";

/** Settings is an action of every desktop app, with a key of its own; all other areas are gone to from here. */
export const GO_ACTIONS: readonly Action[] = AREAS.filter((area) => area !== "settings").map(
  (area): Action => ({
    ...inMenu(area),
    keywords: "go to area open show",
    run(app) {
      setView(app.store, { area });
      focusAreaWhenThere(area);
    },
  }),
);

/** As the desktop's menu has it, or, for an area it does not offer, after the area's name. */
function inMenu(area: Area): Pick<Action, "id" | "label" | "keys"> {
  const id = `area.${area}`;
  if (menuActions().some((entry) => entry.id === id)) return menuAction(id as MenuActionId);
  return { id, label: `${area.charAt(0).toUpperCase()}${area.slice(1)}`, keys: [`g ${area.charAt(0)}`] };
}
