import clsx from "clsx";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { type EngineNeed, useEngineGone } from "./engine-gone.tsx";

interface EngineButtonProps extends ComponentProps<"button">, EngineNeed {}

/** Not `disabled`, which would drop the focus: it comes back by itself, and is then where it was. */
export function useGoneButton(needsEngine?: boolean): Partial<ComponentProps<"button">> {
  const reason = useEngineGone(needsEngine);
  if (reason === null) return {};
  return { "aria-disabled": true, title: reason, onClick: (event: MouseEvent) => event.preventDefault() };
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

export function Button({ look = "plain", needsEngine, className, children, ...rest }: ButtonProps) {
  const gone = useGoneButton(needsEngine);
  return (
    <button
      type="button"
      className={clsx(
        "inline-flex h-7 flex-none items-center justify-center gap-2 rounded-md border px-[11px] whitespace-nowrap",
        "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
        LOOKS[look],
        className,
      )}
      {...rest}
      {...gone}
    >
      {children}
    </button>
  );
}

/** A square button whose icon says it; the label is for tooltip and screen reader. */
export function IconButton({
  label,
  needsEngine,
  className,
  children,
  ...rest
}: EngineButtonProps & { label: string }) {
  const gone = useGoneButton(needsEngine);
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        "grid size-6 flex-none place-items-center rounded-md text-t3 hover:bg-s3 hover:text-t1 disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
        className,
      )}
      {...rest}
      {...gone}
    >
      {children}
    </button>
  );
}
