/** A terminal that people type at: process.stdin, where it is one. */
export interface Keyboard extends NodeJS.ReadableStream {
  setRawMode(isRaw: boolean): unknown;
}

export interface Key {
  readonly name: string;
  readonly meaning: string;
  press(): void;
}

const INTERRUPT = "\u0003";
const ESCAPE = "\u001b";

/** Takes each key as it is pressed, without Enter, until it is disposed; what a key of no meaning does is nothing. */
export function followKeys(keyboard: Keyboard, keys: readonly Key[], interrupt: () => void): Disposable {
  function read(chunk: string): void {
    // Arrows and the like come as more than one character.
    if (chunk.startsWith(ESCAPE)) return;
    for (const character of chunk) {
      // In this mode the terminal makes no signal of Ctrl+C.
      if (character === INTERRUPT) interrupt();
      else keys.find(({ name }) => name === character)?.press();
    }
  }

  keyboard.setEncoding("utf8");
  keyboard.setRawMode(true);
  keyboard.on("data", read);
  // A terminal that went away tells so with a signal as well.
  keyboard.on("error", ignore);
  return {
    [Symbol.dispose]() {
      keyboard.off("data", read);
      keyboard.setRawMode(false);
      keyboard.pause();
    },
  };
}

function ignore(): void {}
