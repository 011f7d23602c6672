import type { KeyboardEvent } from "react";

/** For what Escape closes: Radix leaves it alone while a message that came later is on the screen. */
export function closeOnEscape(onClose: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
}
