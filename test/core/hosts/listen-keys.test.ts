import { PassThrough } from "node:stream";
import { expect, it, vi } from "vitest";
import { followKeys, type Key } from "#core/hosts/cli/listen/keys.ts";

/** A stream that can be typed at, and keeps the modes it was put in. */
function createKeyboard() {
  const modes: boolean[] = [];
  return { modes, keyboard: Object.assign(new PassThrough(), { setRawMode: (isRaw: boolean) => modes.push(isRaw) }) };
}

it("takes keys as they are pressed, several at once too, Ctrl+C among them, and gives the terminal back", async () => {
  const { keyboard, modes } = createKeyboard();
  const pressed: string[] = [];
  const keys: Key[] = ["r", "q"].map((name) => ({ name, meaning: name, press: () => void pressed.push(name) }));
  {
    using _keys = followKeys(keyboard, keys, () => void pressed.push("interrupt"));

    keyboard.write("rxr");
    // An arrow and a function key, whose sequences hold letters that are keys.
    keyboard.write("\u001b[A");
    keyboard.write("\u001bOr");
    keyboard.write("q\u0003");

    await vi.waitFor(() => expect(pressed).toEqual(["r", "r", "q", "interrupt"]));
    expect(modes).toEqual([true]);
  }
  expect(modes).toEqual([true, false]);
});
