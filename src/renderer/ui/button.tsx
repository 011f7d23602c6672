import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

export interface ButtonProps extends ComponentProps<"button"> {
  readonly look?: "plain" | "primary" | "danger";
  readonly children: ReactNode;
}

const LOOKS = {
  plain: "border-line bg-s2 text-t1 hover:bg-s3",
  primary: "border-accent bg-accent font-semibold text-on-accent hover:brightness-110",
  danger: "border-line bg-s2 text-bad hover:bg-bad-s",
} as const;

export function Button({ look = "plain", className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={clsx(
        "inline-flex h-7 flex-none items-center justify-center gap-2 rounded-md border px-[11px] whitespace-nowrap",
        "disabled:cursor-not-allowed disabled:opacity-55",
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}

/** A square button whose icon says it; the label is for tooltip and screen reader. */
export function IconButton({ label, className, children, ...rest }: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        "grid size-6 flex-none place-items-center rounded-md text-t3 hover:bg-s3 hover:text-t1 disabled:opacity-55",
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
