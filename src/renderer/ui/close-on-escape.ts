import type { KeyboardEvent } from "react";

/** For what Escape closes. Dialogs need it too: Radix leaves them alone while a message that came later is on the screen. */
export function closeOnEscape(onClose: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
}
