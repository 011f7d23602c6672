import clsx from "clsx";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { formatMs, formatPlural } from "../../theme/format.ts";
import { Card } from "../../ui/card.tsx";
import { type WaterfallGroup, type WaterfallStep, waterfall } from "./waterfall.ts";

const BARS = { info: "bg-info", ok: "bg-ok", warn: "bg-warn", bad: "bg-bad" } as const;

/** What the app and the user's server did with the delivery, step by step, to scale. */
export function WaterfallCard({ delivery }: { delivery: DeliveryDetail }) {
  const { first, later, breakMs, leftOut } = waterfall(delivery);
  if (first.steps.length === 0 && later === null) return null;
  return (
    <Card title="What happened">
      <div className="grid gap-1">
        {first.steps.length > 0 && <Group group={first} />}
        {later !== null && (
          <>
            <p className="mt-2 flex items-center gap-2 text-small text-t3">
              <span aria-hidden="true" className="h-2 w-4 -skew-x-[24deg] border-x border-edge" />
              {formatMs(breakMs ?? 0)} after the first byte
              <span aria-hidden="true" className="h-px flex-1 border-t border-dashed border-edge" />
            </p>
            <Group group={later} />
            {leftOut > 0 && (
              <p className="text-small text-t3">{formatPlural(leftOut, "earlier attempt")}: see Attempts.</p>
            )}
          </>
        )}
      </div>
    </Card>
  );
}

/** Steps in a grid; below 24 rem the bar goes under its step. */
function Group({ group: { id, title, since, spanMs, steps } }: { group: WaterfallGroup }) {
  return (
    <div className="@container">
      <div className="grid grid-cols-[1fr_auto_auto] items-center gap-x-3 gap-y-1 @md:grid-cols-[auto_minmax(4rem,1fr)_auto_auto]">
        <div aria-hidden="true" className="col-span-full grid grid-cols-subgrid text-tiny text-t3">
          <span />
          <span className="flex justify-between border-b border-line pb-0.5 @max-md:hidden">
            <span>0</span>
            <span>{formatMs(spanMs)}</span>
          </span>
          <span className="text-right">took</span>
          <span className="text-right">{since}</span>
        </div>
        <ul aria-label={title} className="contents">
          {steps.map((step) => (
            <StepRow key={`${id} ${step.id}`} step={step} since={since} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function StepRow({ step: { label, bar, tone, tookMs, doneMs }, since }: { step: WaterfallStep; since: string }) {
  return (
    <li className="col-span-full grid grid-cols-subgrid items-center tabular-nums">
      <span className={clsx("wrap-anywhere", tone === "bad" && "text-bad")}>{label}</span>
      <span
        aria-hidden="true"
        className="relative h-2 @max-md:order-last @max-md:col-span-full @max-md:rounded-xs @max-md:bg-s2"
      >
        <span
          className={clsx("absolute h-2 rounded-xs forced-colors:bg-[CanvasText]", BARS[tone])}
          style={{ left: `${bar.start * 100}%`, width: `${bar.width * 100}%` }}
        />
        {bar.isBroken && (
          <span className="absolute -top-1 right-4 h-4 w-1.5 -skew-x-[24deg] border-x border-t3 bg-s0" />
        )}
      </span>
      <span className="text-right font-mono text-code text-t2">
        <span className="sr-only">, took </span>
        {formatMs(tookMs)}
      </span>
      <span className="min-w-14 text-right font-mono text-code text-t3">
        <span className="sr-only">, done </span>
        {formatMs(doneMs)}
        <span className="sr-only"> {since}</span>
      </span>
    </li>
  );
}
