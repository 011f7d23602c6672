import clsx from "clsx";
import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { useRef } from "react";
import { Button, IconButton } from "./button.tsx";
import { SafeText } from "./safe-text.tsx";

export interface ToastContent {
  readonly id: string;
  readonly tone: "neutral" | "bad";
  readonly text: string;
  readonly action?: { readonly label: string; readonly needsEngine?: true; readonly run: () => void };
}

interface Props {
  readonly toasts: readonly ToastContent[];
  /** How far from the window's bottom up there are bars that they must not cover, in CSS pixels; null where there are none. */
  readonly barsFromBottomPx: number | null;
  readonly onClose: (id: string, hadFocus: boolean) => void;
}

const GAP_PX = 8;
/** What only says that something is done is soon read; what failed, or can be undone, needs longer. */
const SHOWN_MS = 4_000;
const SHOWN_LONG_MS = 8_000;

/**
 * Results of what went on in the background, and undo. They stay while the pointer or the focus is on them, and stand at
 * the end of the list, above what is below it: beside the detail's actions and above the footer's.
 */
export function Toasts({ toasts, barsFromBottomPx, onClose }: Props) {
  const viewport = useRef<HTMLOListElement>(null);
  return (
    <Toast.Provider swipeDirection="right" label="Message">
      {toasts.map((toast) => (
        <Message
          key={toast.id}
          {...toast}
          // By now, the toast has handed its focus over to the viewport.
          onClose={() => onClose(toast.id, viewport.current?.contains(document.activeElement) ?? false)}
        />
      ))}
      <Toast.Viewport
        ref={viewport}
        // Its key is an action like all others.
        hotkey={[]}
        label="Notifications"
        data-messages
        style={barsFromBottomPx === null ? undefined : { bottom: barsFromBottomPx + GAP_PX }}
        className="fixed bottom-9 left-20 z-40 grid w-[min(24rem,calc(100vw-1.5rem))] gap-2 max-sm:bottom-14 max-sm:left-3"
      />
    </Toast.Provider>
  );
}

/** Escape is for what has the focus: it dismisses a message only from within, and then does nothing else. */
function Message({ tone, text, action, onClose }: ToastContent & { onClose: () => void }) {
  const isKept = useRef(false);
  return (
    <Toast.Root
      open
      duration={tone === "bad" || action !== undefined ? SHOWN_LONG_MS : SHOWN_MS}
      // Radix closes the newest one at any Escape in the window, and asks for that only here.
      onEscapeKeyDown={({ target }) => {
        isKept.current = !isInMessage(target);
      }}
      onOpenChange={() => {
        if (!isKept.current) onClose();
        isKept.current = false;
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
      className={clsx(
        "flex items-center gap-2 rounded-md border bg-s2 py-1.5 pr-1.5 pl-3 text-t1 shadow-xl",
        tone === "bad" ? "border-bad" : "border-edge",
      )}
    >
      <Toast.Description className="min-w-0 flex-1 wrap-anywhere">
        <SafeText text={text} />
      </Toast.Description>
      {action !== undefined && (
        <Toast.Action asChild altText={action.label}>
          <Button needsEngine={action.needsEngine} onClick={action.run}>
            {action.label}
          </Button>
        </Toast.Action>
      )}
      <Toast.Close asChild>
        <IconButton label="Dismiss">
          <X aria-hidden="true" size={14} />
        </IconButton>
      </Toast.Close>
    </Toast.Root>
  );
}

function isInMessage(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-messages] li") !== null;
}
