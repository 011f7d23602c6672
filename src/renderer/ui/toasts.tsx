import clsx from "clsx";
import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { Button, IconButton } from "./button.tsx";

export interface ToastContent {
  readonly id: string;
  readonly tone: "neutral" | "bad";
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = 8_000;

/** Results of what went on in the background, and undo. They stay while the pointer or the focus is on them. */
export function Toasts({ toasts, onClose }: { toasts: readonly ToastContent[]; onClose: (id: string) => void }) {
  return (
    <Toast.Provider duration={SHOWN_MS} swipeDirection="right" label="Message">
      {toasts.map(({ id, tone, text, action }) => (
        <Toast.Root
          key={id}
          onOpenChange={(isOpen) => !isOpen && onClose(id)}
          className={clsx(
            "flex items-center gap-2 rounded-md border bg-s2 py-1.5 pr-1.5 pl-3 text-t1 shadow-xl",
            tone === "bad" ? "border-bad" : "border-edge",
          )}
        >
          <Toast.Description className="min-w-0 flex-1 wrap-anywhere">{text}</Toast.Description>
          {action !== undefined && (
            <Toast.Action asChild altText={action.label}>
              <Button onClick={action.run}>{action.label}</Button>
            </Toast.Action>
          )}
          <Toast.Close asChild>
            <IconButton label="Dismiss">
              <X aria-hidden="true" size={14} />
            </IconButton>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-3 bottom-9 z-40 grid w-[min(24rem,calc(100vw-1.5rem))] gap-2 max-sm:bottom-14" />
    </Toast.Provider>
  );
}
