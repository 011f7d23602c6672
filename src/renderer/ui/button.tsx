import clsx from "clsx";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { type EngineNeed, useEngineGone } from "./engine-gone.tsx";

interface EngineButtonProps extends ComponentProps<"button">, EngineNeed {}

const OFF = { "aria-disabled": true, onClick: (event: MouseEvent) => event.preventDefault() } as const;

/** For a button of another look that needs the engine. */
export function useGoneButton(needsEngine?: boolean): Partial<ComponentProps<"button">> {
  const reason = useEngineGone(needsEngine);
  return reason === null ? {} : { ...OFF, title: reason };
}

/** Not truly disabled, which would drop the focus: most are so for a moment, and then the focus is where it was. */
function useOff({ disabled, needsEngine }: EngineButtonProps): Partial<ComponentProps<"button">> {
  const gone = useGoneButton(needsEngine);
  return { ...(disabled && OFF), ...gone };
}

export interface ButtonProps extends EngineButtonProps {
  readonly look?: "plain" | "primary" | "danger";
  readonly children: ReactNode;
}

const LOOKS = {
  plain: "border-line bg-s2 text-t1 hover:bg-s3",
  primary: "border-accent bg-accent font-semibold text-on-accent hover:brightness-110",
  danger: "border-line bg-s2 text-bad hover:bg-bad-s",
} as const;

export function Button({ look = "plain", needsEngine, disabled, className, children, ...rest }: ButtonProps) {
  const off = useOff({ needsEngine, disabled });
  return (
    <button
      type="button"
      className={clsx(
        "inline-flex h-7 flex-none items-center justify-center gap-2 rounded-md border px-[11px] whitespace-nowrap",
        LOOKS[look],
        className,
      )}
      {...rest}
      {...off}
    >
      {children}
    </button>
  );
}

/** A square button whose icon says it; the label is for tooltip and screen reader. */
export function IconButton({
  label,
  needsEngine,
  disabled,
  className,
  children,
  ...rest
}: EngineButtonProps & { label: string }) {
  const off = useOff({ needsEngine, disabled });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        "grid size-6 flex-none place-items-center rounded-md text-t3 hover:bg-s3 hover:text-t1",
        className,
      )}
      {...rest}
      {...off}
    >
      {children}
    </button>
  );
}
