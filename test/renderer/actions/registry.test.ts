import { describe, expect, it } from "vitest";
import { keyWords } from "../../../src/renderer/actions/action.ts";
import { ACTIONS } from "../../../src/renderer/actions/registry.ts";

describe("the actions", () => {
  it("have ids and keys of their own", () => {
    const ids = ACTIONS.map(({ id }) => id);
    const keys = ACTIONS.flatMap((action) => action.keys);

    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("leave alone outside the list the keys that scroll a page or press a button", () => {
    const everywhere = ACTIONS.filter(({ scope }) => scope !== "list").flatMap(({ keys }) => keys);

    for (const key of ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "Enter", "Space"]) {
      expect(everywhere).not.toContain(key);
    }
  });

  it("name their keys as keyboards do", () => {
    expect(["j", "[Shift]+?", "$mod+,", "g g", "Shift+F6", "["].map(keyWords)).toEqual([
      "j",
      "?",
      "Ctrl ,",
      "g g",
      "Shift F6",
      "[",
    ]);
  });
});
