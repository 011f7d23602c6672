import clsx from "clsx";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { Card } from "../../ui/card.tsx";
import { waterfall } from "./waterfall.ts";

const BARS = { info: "bg-info", ok: "bg-ok", bad: "bg-bad" } as const;

/** What the app did with the delivery, step by step, to scale. */
export function WaterfallCard({ delivery }: { delivery: DeliveryDetail }) {
  return (
    <Card title="What happened">
      <ul className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 tabular-nums">
        {waterfall(delivery).map(({ id, label, bar, tone, value }) => (
          <li key={id} className="col-span-3 grid grid-cols-subgrid items-center">
            <span>{label}</span>
            <span aria-hidden="true" className="relative h-2">
              {bar !== null && (
                <span
                  className={clsx("absolute h-2 rounded-xs forced-colors:bg-[CanvasText]", BARS[tone])}
                  style={{ left: `${bar.start * 100}%`, width: `${bar.width * 100}%` }}
                />
              )}
            </span>
            <span className={clsx("text-right font-mono text-code", tone === "bad" ? "text-bad" : "text-t3")}>
              {value}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
