import { expect, type Locator } from "@playwright/test";
import { type AreaName, type InspectorPage, TAB_NAMES, type TabName } from "../pages/inspector-page.ts";

/** What a user's hands do in the main job, in one of the two ways there are. */
export interface Hands {
  press(button: Locator): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  /** `option` by the words it is shown with. */
  choose(select: Locator, option: string): Promise<void>;
  openArea(name: AreaName): Promise<void>;
  openTab(name: TabName): Promise<void>;
  /** Opens the delivery that stands second in the list. */
  readSecond(): Promise<void>;
  replay(): Promise<void>;
}

/** With the mouse wherever it goes; a text is typed all the same. */
export function mouse(app: InspectorPage): Hands {
  return {
    press: (button) => button.click(),
    fill: (field, text) => field.fill(text),
    async choose(select, option) {
      await select.selectOption({ label: option });
    },
    openArea: (name) => app.openArea(name),
    openTab: (name) => app.tab(name).click(),
    readSecond: () => app.rows().nth(1).click(),
    replay: () => app.detail.getByRole("button", { name: "Replay" }).click(),
  };
}

/** More than any page has of what takes the focus. */
const MAX_TABS = 80;

/** With keys alone: nothing is touched but what Tab or a shortcut leads to. */
export function keyboard(app: InspectorPage): Hands {
  const { keyboard: keys } = app.page;

  async function tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let presses = 0; presses < MAX_TABS; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await keys.press("Tab");
    }
    throw new Error(`Tab does not lead to ${target}.`);
  }

  return {
    async press(button) {
      await tabTo(button);
      await keys.press("Enter");
    },
    async fill(field, text) {
      await tabTo(field);
      await keys.press("Control+A");
      await keys.type(text);
    },
    async choose(select, option) {
      await tabTo(select);
      await keys.type(option);
    },
    async openArea(name) {
      if (name === "Settings") return keys.press("Control+,");
      await tabTo(app.areaButton(name));
      await keys.press("Enter");
    },
    openTab: (name) => keys.press(String(TAB_NAMES.indexOf(name) + 1)),
    async readSecond() {
      await tabTo(app.list);
      for (const key of ["j", "j", "j", "k", "Enter"]) await keys.press(key);
      await expect(app.detail).toBeFocused();
    },
    replay: () => keys.press("r"),
  };
}
