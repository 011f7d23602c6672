import { type ReactNode, useId } from "react";

/** A titled part of the detail; `aside` says in few words what the card found. */
export function Card({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-lg border border-line bg-s0">
      <div className="flex flex-wrap items-center gap-x-3 border-b border-line px-3.5 py-2">
        <h2 id={id} className="font-semibold text-t1">
          {title}
        </h2>
        {aside !== undefined && <div className="ml-auto min-w-0 text-t3 wrap-anywhere">{aside}</div>}
      </div>
      <div className="px-3.5 py-3">{children}</div>
    </section>
  );
}
