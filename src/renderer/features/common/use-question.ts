import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { closeOnEscape } from "../../ui/close-on-escape.ts";

/** A question that stands where the button stood that asks it: the focus goes to its first answer, and back. */
export interface Question {
  readonly isAsking: boolean;
  ask(): void;
  stop(): void;
  /** For each answer: Esc changes nothing either. */
  onKeyDown(event: KeyboardEvent): void;
  /** For the button that asks. */
  readonly opener: RefObject<HTMLButtonElement | null>;
  /** For the answer that changes nothing. */
  readonly answer: RefObject<HTMLButtonElement | null>;
}

export function useQuestion(): Question {
  const [isAsking, setIsAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const answer = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);

  useLayoutEffect(() => {
    if (isAsking) answer.current?.focus();
    // Unless the focus has gone on to something else by now: with its answers, it is gone with them.
    else if (wasAsking.current && document.activeElement === document.body) opener.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);

  const stop = (): void => setIsAsking(false);
  return { isAsking, ask: () => setIsAsking(true), stop, onKeyDown: closeOnEscape(stop), opener, answer };
}
