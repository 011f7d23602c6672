import { describe, expect, it } from "vitest";
import { toKeymap } from "#shared/domain/keymap.ts";
import { KeyOverrides } from "#shared/domain/keys.ts";
import { MENUS, menuActions } from "#shared/menu-actions.ts";
import { ariaKeys, keyWords } from "../../../src/renderer/actions/key-words.ts";
import { isForFields } from "../../../src/renderer/actions/keymap.ts";
import { ACTION_GROUPS, ACTIONS, findAction } from "../../../src/renderer/actions/registry.ts";

describe("the actions", () => {
  it("have ids and keys of their own, none of which another would take", () => {
    const ids = ACTIONS.map(({ id }) => id);
    const keymap = toKeymap(ACTIONS, { keys: {}, singleKeys: true });

    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, keys } of ACTIONS) expect(keymap.get(id), id).toEqual(keys);
  });

  it("can all be given other keys, and keep their own when these are written down", () => {
    const own = Object.fromEntries(ACTIONS.map(({ id, keys }) => [id, [...keys]]));

    expect(KeyOverrides.parse(own)).toEqual(own);
  });

  it("leave alone outside the list the keys that scroll a page or press a button", () => {
    const everywhere = ACTIONS.filter(({ scope }) => scope !== "list").flatMap(({ keys }) => keys);

    for (const key of ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "Enter", "Space"]) {
      expect(everywhere).not.toContain(key);
    }
  });

  it("stand each in one group", () => {
    const grouped = ACTION_GROUPS.flatMap(({ actions }) => actions.map(({ id }) => id));

    expect(grouped.toSorted()).toEqual(ACTIONS.map(({ id }) => id).toSorted());
  });

  it("are in the desktop's menu under the same name and keys", () => {
    for (const { id, label, keys } of menuActions()) expect(findAction(id), id).toMatchObject({ id, label, keys });
    const offered = MENUS.flatMap(({ entries }) => entries).filter((entry) => entry !== null);
    expect(new Set(offered).size).toBe(offered.length);
  });
});

describe("the words for keys", () => {
  it("are those on keyboards", () => {
    const keys = ["j", "Shift+G", "[Shift]+?", "$mod+,", "$mod+k", "$mod+Shift+P", "g g", "Shift+F6", "[", "$mod++"];

    expect(keys.map((one) => keyWords(one))).toEqual([
      "j",
      "G",
      "?",
      "Ctrl ,",
      "Ctrl K",
      "Ctrl Shift P",
      "g g",
      "Shift F6",
      "[",
      "Ctrl +",
    ]);
    expect(keyWords("$mod+k", true)).toBe("⌘ K");
  });

  it("are said to assistive technology as it wants them, sequences not at all", () => {
    expect(ariaKeys("$mod+k")).toBe("Control+k");
    expect(ariaKeys("$mod+k", true)).toBe("Meta+k");
    expect(ariaKeys("[Shift]+?")).toBe("?");
    expect(ariaKeys("g g")).toBeUndefined();
  });
});

describe("while somebody types", () => {
  it("only keys count that neither write nor edit", () => {
    expect(["$mod+k", "F6", "Shift+F6", "$mod+,", "$mod+Shift+p"].every(isForFields)).toBe(true);
    expect(["r", "g g", "Delete", "Escape", "Alt+x", "$mod+c", "$mod+ArrowLeft", "$mod+Alt+["].some(isForFields)).toBe(
      false,
    );
  });
});
