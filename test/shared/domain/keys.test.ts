import fc from "fast-check";
import { parseKeybinding } from "tinykeys";
import { describe, expect, it } from "vitest";
import { toKeymap } from "../../../src/shared/domain/keymap.ts";
import { isClash, isKeys, isSingleKeys, KeyOverrides } from "../../../src/shared/domain/keys.ts";
import { times } from "../../helpers/fuzz.ts";

const MODIFIERS = ["$mod", "Shift", "Alt", "Control", "Meta", "[Shift]"];
const press = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...MODIFIERS), { maxLength: 2 }),
    fc.constantFrom("a", "g", "G", "?", "[", "+", "1", "F6", "Delete", "ArrowUp"),
  )
  .map(([modifiers, key]) => [...modifiers, key].join("+"));
const keys = fc.array(press, { minLength: 1, maxLength: 2 }).map((presses) => presses.join(" "));

describe("keys", () => {
  it("are presses of a sign or a named key, two in a row at most", () => {
    for (const text of ["r", "g g", "[Shift]+?", "$mod+k", "$mod+\\", "$mod++", "Shift+F10", "é", "ContextMenu"]) {
      expect(isKeys(text), text).toBe(true);
    }
    for (const text of ["", " ", "r ", "a b c", "enter", "(.*)", "Foo+k", "rr", "\u202e", "\u0301", "a\n"]) {
      expect(isKeys(text), JSON.stringify(text)).toBe(false);
    }
  });

  it("are never a pattern to tinykeys, whatever text passes for keys", () => {
    const hostile = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: fc.constantFrom(..."()+[] $.*aShift") }));

    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(isKeys(text));
        for (const [required, optional, key] of parseKeybinding(text)) {
          expect(typeof key).toBe("string");
          expect([...required, ...optional].every((modifier) => /^\w+$/.test(modifier))).toBe(true);
        }
      }),
      { numRuns: times(2_000) },
    );
  });

  it("are single where they write, which is what WCAG's 2.1.4 is about", () => {
    expect(["r", "G", "Shift+G", "[Shift]+?", "g g", "1", "]"].every(isSingleKeys)).toBe(true);
    expect(["$mod+k", "Alt+x", "F6", "Delete", "ArrowUp", "Shift+F10", "Space", "g F6"].some(isSingleKeys)).toBe(false);
  });

  it("clash where they are the same keys or one begins the other", () => {
    expect(isClash("g", "g g")).toBe(true);
    expect(isClash("[Shift]+?", "?")).toBe(true);
    expect(isClash("Alt+$mod+k", "$mod+Alt+k")).toBe(true);
    expect(isClash("g g", "g d")).toBe(false);
    expect(isClash("r", "Shift+R")).toBe(false);
    fc.assert(fc.property(keys, keys, (a, b) => isClash(a, b) === isClash(b, a) && isClash(a, a)));
  });

  it("are taken from settings only for actions and in a number that make sense", () => {
    expect(KeyOverrides.safeParse({ "delivery.replay": ["x"], "list.next": [] }).success).toBe(true);
    expect(KeyOverrides.safeParse({ "delivery.replay": ["a", "b", "c", "d", "e"] }).success).toBe(false);
    expect(KeyOverrides.safeParse({ "<script>": ["x"] }).success).toBe(false);
    expect(KeyOverrides.safeParse({ "delivery.replay": ["(.*)"] }).success).toBe(false);
    const tooMany = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`${letters(index)}.x`, []]));
    expect(KeyOverrides.safeParse(tooMany).success).toBe(false);
  });
});

describe("the keys in force", () => {
  const actions = [
    { id: "delivery.replay", keys: ["r"] },
    { id: "list.next", keys: ["j"] },
    { id: "list.newest", keys: ["g g"] },
    { id: "palette.open", keys: ["$mod+k"] },
  ];

  it("are the actions' own until the user chooses others", () => {
    const keymap = toKeymap(actions, { keys: { "list.next": ["n"] }, singleKeys: true });

    expect([...keymap]).toEqual([
      ["delivery.replay", ["r"]],
      ["list.next", ["n"]],
      ["list.newest", ["g g"]],
      ["palette.open", ["$mod+k"]],
    ]);
  });

  it("leave what the user chose where an action brings the same, or a sequence that begins with it", () => {
    const keymap = toKeymap(actions, { keys: { "palette.open": ["j", "g"] }, singleKeys: true });

    expect(keymap.get("palette.open")).toEqual(["j", "g"]);
    expect(keymap.get("list.next")).toEqual([]);
    expect(keymap.get("list.newest")).toEqual([]);
  });

  it("have no single keys where these are switched off, also none that the user chose", () => {
    const keymap = toKeymap(actions, { keys: { "list.next": ["n", "Alt+n"] }, singleKeys: false });

    expect(Object.fromEntries(keymap)).toEqual({
      "delivery.replay": [],
      "list.next": ["Alt+n"],
      "list.newest": [],
      "palette.open": ["$mod+k"],
    });
  });

  it("never clash, whatever was saved", () => {
    const saved = fc.dictionary(fc.constantFrom("a.a", "b.b", "c.c", "gone.gone"), fc.array(keys, { maxLength: 4 }));
    const own = fc.array(keys, { minLength: 3, maxLength: 3 });

    fc.assert(
      fc.property(saved, own, fc.boolean(), (overrides, brought, singleKeys) => {
        const ids = ["a.a", "b.b", "c.c"];
        const keyed = ids.map((id, index) => ({ id, keys: [brought[index] ?? "x"] }));
        const inForce = [...toKeymap(keyed, { keys: overrides, singleKeys }).entries()];
        for (const [id, mine] of inForce) {
          for (const [other, theirs] of inForce) {
            if (id !== other) expect(mine.some((one) => theirs.some((two) => isClash(one, two)))).toBe(false);
          }
        }
      }),
    );
  });
});

/** `aa`, `ab`, …: ids that differ. */
function letters(index: number): string {
  return String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26));
}
