import type { Literal } from "./string-literals.ts";

/** Values that stay out of a generator's hands: it gets a stand-in for each, and they are put into its code afterwards. */
export interface StandIns {
  /** A text that no generator has to escape; it is to quote it. `literal` writes the value where it is not as the others. */
  hold(value: string, literal?: Literal): string;
  /** The code with the values in it, each string that held a stand-in written anew by `literal`. */
  putInto(code: string, literal: Literal): string;
}

const STAND_IN = /value-\d{4,}-/g;
/** In what is quoted, a header's colon stands beside them at most. */
const QUOTED = /(["'])((?:value-\d{4,}-|: )+)\1/g;

export function createStandIns(): StandIns {
  const held: { value: string; literal: Literal | undefined }[] = [];
  const heldAs = (standIn: string) => held[Number(standIn.slice("value-".length, -1))];
  return {
    hold(value, literal) {
      held.push({ value, literal });
      // All of one length, so that a generator that sorts them keeps their order.
      return `value-${String(held.length - 1).padStart(4, "0")}-`;
    },
    putInto(code, literal) {
      if (code.replace(QUOTED, "").match(STAND_IN) !== null) throw new Error("A value stands outside of a string.");
      return code.replace(QUOTED, (_all, _quote, content: string) => {
        const value = content.replace(STAND_IN, (standIn) => heldAs(standIn)?.value ?? "");
        return (heldAs(content)?.literal ?? literal)(value);
      });
    },
  };
}
