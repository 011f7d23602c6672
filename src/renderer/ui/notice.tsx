import clsx from "clsx";
import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./badge.tsx";

const LOOKS: Readonly<Record<Exclude<Tone, "muted">, string>> = {
  ok: "bg-ok-s [&>svg]:text-ok",
  warn: "bg-warn-s [&>svg]:text-warn",
  bad: "bg-bad-s [&>svg]:text-bad",
  info: "bg-info-s [&>svg]:text-info",
};

/** What happened and what it means, with at most one thing to do about it. */
export function Notice(props: {
  tone: Exclude<Tone, "muted">;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const Icon = props.tone === "ok" ? CircleCheck : props.tone === "info" ? Info : TriangleAlert;
  return (
    <div
      className={clsx(
        "flex flex-wrap items-start gap-2.5 rounded-md px-3 py-2.5 text-t1",
        LOOKS[props.tone],
        props.className,
      )}
    >
      <Icon aria-hidden="true" size={17} className="mt-px flex-none" />
      <div className="min-w-0 flex-1 basis-48 wrap-anywhere">{props.children}</div>
      {props.action}
    </div>
  );
}
