import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { IconButton } from "./button.tsx";
import { closeOnEscape } from "./close-on-escape.ts";

/**
 * A dialog over the window; Esc, the cross and a click beside it close it, and the focus goes back to where it was. A
 * wide one is for what stands side by side. One to be read gets the focus itself, so that arrows scroll it at once.
 */
export function Modal(props: {
  title: string;
  description?: string;
  isWide?: boolean;
  isRead?: boolean;
  /** Stays in sight below what scrolls, where there is room for both. */
  bar?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 bg-scrim" />
        <Dialog.Content
          className={clsx(
            "fixed top-[8vh] left-1/2 z-30 max-h-[84vh] -translate-x-1/2 scroll-pt-14 overflow-auto rounded-lg border border-line bg-s1 shadow-xl",
            props.bar === undefined ? "scroll-pb-4" : "scroll-pb-36",
            props.isWide ? "w-[min(76rem,calc(100vw-1rem))]" : "w-[min(34rem,calc(100vw-1rem))]",
          )}
          onKeyDown={closeOnEscape(props.onClose)}
          onOpenAutoFocus={props.isRead ? focusWhole : focusFirstField}
          // Radix gives the focus back to a trigger of its own only, and there is none.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // It comes a moment later: a dialog that has opened meanwhile keeps the focus.
            const isOtherOpen = document.querySelector("[role=dialog]") !== null;
            if (!isOtherOpen && opener instanceof HTMLElement && opener.isConnected) opener.focus();
          }}
          {...(props.description === undefined && { "aria-describedby": undefined })}
        >
          <div className="sticky top-0 z-10 flex items-center gap-3 border-b border-line bg-s1 px-4 py-2.5">
            <Dialog.Title className="text-title font-semibold text-t1">{props.title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" className="ml-auto">
                <X aria-hidden="true" size={16} />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="px-4 py-3.5">
            {props.description !== undefined && (
              <Dialog.Description className="mb-3 text-t3">{props.description}</Dialog.Description>
            )}
            {props.children}
          </div>
          {props.bar !== undefined && (
            <div className="sticky bottom-0 z-10 border-t border-line bg-s1 px-4 py-2.5 short:static">{props.bar}</div>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function focusWhole(event: Event): void {
  event.preventDefault();
  // The event is sent to the dialog's own element.
  (event.target as HTMLElement).focus();
}

/** What is chosen or the first thing to fill in gets the focus; where there is none, Radix's choice is right. */
function focusFirstField(event: Event): void {
  // The event is sent to the dialog's own element.
  const field = (event.target as HTMLElement).querySelector<HTMLElement>("[aria-current], select, input");
  if (field === null) return;
  event.preventDefault();
  field.focus();
}
