import fc from "fast-check";
import { matchKeybindingPress, parseKeybinding } from "tinykeys";
import { describe, expect, it } from "vitest";
import { toKeymap } from "#shared/domain/keymap.ts";
import { KeyOverrides } from "#shared/domain/keys.ts";
import {
  clashesWith,
  isPageKey,
  takenWords,
  withChange,
  withoutChange,
} from "../../../src/renderer/actions/change-keys.ts";
import { type KeyStroke, toPress } from "../../../src/renderer/actions/record-keys.ts";
import { ACTIONS } from "../../../src/renderer/actions/registry.ts";

function inForce(keys: KeyOverrides) {
  return toKeymap(ACTIONS, { keys, singleKeys: true });
}

describe("changing keys", () => {
  it("puts the new one in the old one's place and leaves the others", () => {
    const saved = withChange({}, ACTIONS, inForce({}), { id: "filter.focus", replaced: "/", added: "$mod+Shift+f" });

    expect(saved).toEqual({ "filter.focus": ["$mod+Shift+f", "$mod+f"] });
  });

  it("takes a key away from whoever had it, and writes that down", () => {
    expect(clashesWith(ACTIONS, inForce({}), "delivery.replay", "g").map(({ keys }) => keys)).toContain("g g");
    const saved = withChange({}, ACTIONS, inForce({}), { id: "delivery.replay", replaced: "r", added: "j" });

    expect(saved).toEqual({ "delivery.replay": ["j"], "list.next": [] });
    expect(inForce(saved).get("list.next")).toEqual([]);
  });

  it("adds and removes, down to none", () => {
    const added = withChange({}, ACTIONS, inForce({}), { id: "delivery.replay", replaced: null, added: "$mod+Enter" });
    expect(added).toEqual({ "delivery.replay": ["r", "$mod+Enter"] });

    const removed = withChange({}, ACTIONS, inForce({}), { id: "delivery.replay", replaced: "r", added: null });
    expect(removed).toEqual({ "delivery.replay": [] });
    expect(withoutChange(removed, "delivery.replay")).toEqual({});
  });

  it("never leaves two actions on one key, whatever is changed in whatever order", () => {
    const ids = ACTIONS.map(({ id }) => id);
    const change = fc.record({
      id: fc.constantFrom(...ids),
      added: fc.option(fc.constantFrom("j", "g", "g d", "$mod+k", "F2", "Shift+X")),
    });

    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        let saved: KeyOverrides = {};
        for (const { id, added } of changes) {
          const keymap = inForce(saved);
          saved = withChange(saved, ACTIONS, keymap, { id, replaced: keymap.get(id)?.[0] ?? null, added });
          if (added !== null) expect(inForce(saved).get(id)).toContain(added);
        }
        expect(KeyOverrides.safeParse(saved).success).toBe(true);
        const keys = [...inForce(saved).values()].flat();
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it("tells which keys are not only ours", () => {
    expect(takenWords("$mod+w", false)).toContain("Browsers");
    expect(takenWords("$mod+q", true)).toContain("macOS");
    expect(takenWords("Meta+x", false)).toContain("system");
    expect(takenWords("$mod+c", false)).toContain("editing");
    expect(takenWords("F5", false)).toContain("browser");
    expect(takenWords("Enter", false)).toContain("list has the focus");
    expect([takenWords("r", false), takenWords("g g", false), takenWords("$mod+Shift+k", false)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(isPageKey("Space")).toBe(true);
  });
});

describe("recording keys", () => {
  const stroke = (change: Partial<KeyStroke>): KeyStroke => ({
    key: "a",
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    isAltGraph: false,
    ...change,
  });

  it("writes presses as keyboards of every layout give them", () => {
    expect(toPress(stroke({ key: "j" }), false)).toBe("j");
    expect(toPress(stroke({ key: "G", shiftKey: true }), false)).toBe("Shift+G");
    expect(toPress(stroke({ key: "?", shiftKey: true }), false)).toBe("[Shift]+?");
    expect(toPress(stroke({ key: "k", ctrlKey: true }), false)).toBe("$mod+k");
    expect(toPress(stroke({ key: "k", metaKey: true }), true)).toBe("$mod+k");
    expect(toPress(stroke({ key: "k", ctrlKey: true }), true)).toBe("Control+k");
    expect(toPress(stroke({ key: " " }), false)).toBe("Space");
    expect(toPress(stroke({ key: "J" }), false)).toBe("j");
    for (const key of ["Shift", "Control", "Dead", "Unidentified", "Process", "AltGraph"]) {
      expect(toPress(stroke({ key }), false)).toBeNull();
    }
  });

  it("gives keys that the same stroke then presses", () => {
    const strokes = fc.record({
      key: fc.constantFrom("j", "G", "?", "[", "+", "é", "7", "F6", "Delete", "ArrowUp", " "),
      ctrlKey: fc.boolean(),
      altKey: fc.boolean(),
      shiftKey: fc.boolean(),
      metaKey: fc.boolean(),
      isAltGraph: fc.boolean(),
    });

    fc.assert(
      fc.property(strokes, (pressed) => {
        // A browser gives a capital with Shift.
        fc.pre(pressed.key !== "G" || pressed.shiftKey);
        const press = toPress(pressed, false);
        expect(press).not.toBeNull();
        const [parsed] = parseKeybinding(press ?? "");
        expect(parsed !== undefined && matchKeybindingPress(eventOf(pressed), parsed), press ?? "").toBe(true);
      }),
    );
  });
});

function eventOf({ key, ctrlKey, altKey, shiftKey, metaKey, isAltGraph }: KeyStroke): KeyboardEvent {
  const held: Record<string, boolean> = {
    Control: ctrlKey,
    Alt: altKey,
    Shift: shiftKey,
    Meta: metaKey,
    AltGraph: isAltGraph,
  };
  const event = { key, code: key === " " ? "Space" : key, getModifierState: (name: string) => held[name] ?? false };
  // What tinykeys reads of an event.
  return event as unknown as KeyboardEvent;
}
