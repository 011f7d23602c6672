import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** A question that stands where the button stood that asks it: the focus goes to its first answer, and back. */
export interface Question {
  readonly isAsking: boolean;
  ask(): void;
  stop(): void;
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
    else if (wasAsking.current) opener.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);

  return { isAsking, ask: () => setIsAsking(true), stop: () => setIsAsking(false), opener, answer };
}
