import clsx from "clsx";
import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./badge.tsx";

const LOOKS: Readonly<Record<Exclude<Tone, "muted">, string>> = {
  ok: "bg-ok-s [&>div>svg]:text-ok",
  warn: "bg-warn-s [&>div>svg]:text-warn",
  bad: "bg-bad-s [&>div>svg]:text-bad",
  info: "bg-info-s [&>div>svg]:text-info",
};

/** What happened and what it means, with at most one thing to do about it. A banner reaches from edge to edge. */
export function Notice(props: {
  tone: Exclude<Tone, "muted">;
  children: ReactNode;
  action?: ReactNode;
  isBanner?: boolean;
}) {
  const Icon = props.tone === "ok" ? CircleCheck : props.tone === "info" ? Info : TriangleAlert;
  return (
    <div
      className={clsx(
        "flex flex-wrap items-center gap-2.5 px-3 text-t1",
        props.isBanner ? "border-b border-line py-2" : "rounded-md py-2.5",
        LOOKS[props.tone],
      )}
    >
      <div className={clsx("flex min-w-0 flex-1 basis-48 gap-2.5", props.isBanner ? "max-w-7xl" : "max-w-3xl")}>
        <Icon aria-hidden="true" size={17} className="mt-px flex-none" />
        <div className="min-w-0 flex-1 wrap-anywhere">{props.children}</div>
      </div>
      {props.action}
    </div>
  );
}
