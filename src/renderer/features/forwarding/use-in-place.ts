import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { closeOnEscape } from "../../ui/close-on-escape.ts";

/** A form that stands where the button stood that opens it: the focus goes to its first field, and back. */
export interface InPlace {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
  /** For the form: Esc changes nothing. */
  onKeyDown(event: KeyboardEvent): void;
  readonly opener: RefObject<HTMLButtonElement | null>;
  readonly form: RefObject<HTMLFormElement | null>;
}

export function useInPlace(): InPlace {
  const [isOpen, setIsOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const wasOpen = useRef(false);

  useLayoutEffect(() => {
    if (isOpen && !wasOpen.current) form.current?.querySelector("input")?.focus();
    else if (wasOpen.current && document.activeElement === document.body) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  const close = (): void => setIsOpen(false);
  return { isOpen, open: () => setIsOpen(true), close, onKeyDown: closeOnEscape(close), opener, form };
}
