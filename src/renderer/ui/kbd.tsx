import clsx from "clsx";

/** A key. Spoken by `aria-keyshortcuts` where it belongs to a control, so it is silent itself. */
export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "rounded border font-mono border-b-2 border-current/35 px-[5px] text-tiny leading-[1.35] font-normal opacity-90",
        className,
      )}
    >
      {children}
    </span>
  );
}
