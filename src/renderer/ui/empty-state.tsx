import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Why there is nothing to see, and what would change that. */
export function EmptyState(props: { icon: LucideIcon; title: string; children?: ReactNode }) {
  const { icon: Icon } = props;
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-3 px-4 py-8 text-center">
      <Icon aria-hidden="true" size={28} strokeWidth={1.5} className="text-t3" />
      <h2 className="text-title font-semibold text-t1">{props.title}</h2>
      {props.children}
    </div>
  );
}
