import { Tooltip } from "radix-ui";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import type { Gap } from "#shared/domain/gap.ts";
import type { SubjectTimeline } from "#shared/domain/subject-timeline.ts";
import { select } from "../../actions/list-actions.ts";
import { focusRegion } from "../../actions/regions.ts";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatMs } from "../../theme/format.ts";
import { remToPx } from "../../ui/rem-to-px.ts";
import { useWidth } from "../../ui/use-width.ts";
import { type LaneLayout, layOutLane } from "./lane-layout.ts";
import { ExpectedMark, LaneMark } from "./lane-mark.tsx";

interface Props {
  readonly timeline: SubjectTimeline;
  /** Newest events of so many are drawn. */
  readonly maxSteps: number;
  readonly gaps: readonly Gap[];
  readonly now: number;
  readonly label: string;
  readonly currentId: string | null;
}

/** A subject's life on a line: the line is a picture, each mark on it is an entry of a list and leads to its delivery. */
export function LanePicture({ timeline, maxSteps, gaps, now, label, currentId }: Props) {
  const app = useApp();
  const [ref, width] = useWidth();
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const steps = useMemo(() => timeline.steps.slice(-maxSteps), [timeline.steps, maxSteps]);
  const { toCome } = timeline;
  const layout = useMemo(
    () =>
      width === null
        ? null
        : layOutLane({
            marks: [
              ...steps.map(({ delivery, at }) => ({ id: delivery.id, at })),
              ...toCome.map(({ key }) => ({ id: `to come ${key}`, at: null })),
            ],
            gaps: gaps.map(({ id, from, to }) => ({
              id,
              from: Date.parse(from),
              to: to === null ? null : Date.parse(to),
            })),
            now,
            width,
            remPx: remToPx(1),
          }),
    [steps, toCome, gaps, now, width],
  );
  // One stop for the Tab key; arrows go on from there.
  const entryId = steps.some(({ delivery }) => delivery.id === focusedId) ? focusedId : steps.at(-1)?.delivery.id;
  const places = new Map(layout?.marks.map((mark) => [mark.id, mark]));

  const open = (id: string): void => {
    select(app, id, { open: true });
    setView(app.store, { area: "deliveries", tab: "overview" });
    focusRegion("detail");
  };

  return (
    <Tooltip.Provider delayDuration={200} skipDelayDuration={400}>
      <div ref={ref} className="relative" style={{ height: layout?.height }}>
        {layout !== null && width !== null && <Line layout={layout} width={width} isLive={timeline.live === "live"} />}
        <ol aria-label={label} onKeyDown={moveFocus}>
          {steps.map((step) => (
            <li key={step.delivery.id} {...placed(places.get(step.delivery.id))}>
              <LaneMark
                step={step}
                isCurrent={step.delivery.id === currentId}
                tabIndex={step.delivery.id === entryId ? 0 : -1}
                onFocus={() => setFocusedId(step.delivery.id)}
                onClick={() => open(step.delivery.id)}
              />
            </li>
          ))}
          {toCome.map((step) => (
            <li key={step.key} {...placed(places.get(`to come ${step.key}`))}>
              <ExpectedMark step={step} />
            </li>
          ))}
        </ol>
      </div>
    </Tooltip.Provider>
  );
}

function placed(place: { readonly x: number; readonly y: number } | undefined) {
  return {
    className: "absolute flex -translate-x-1/2 flex-col items-center",
    // The flags above a mark and half of the mark itself are above its middle.
    style:
      place === undefined ? { visibility: "hidden" as const } : { left: place.x, top: `calc(${place.y}px - 1.75rem)` },
  };
}

function moveFocus(event: KeyboardEvent<HTMLOListElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const index = buttons.findIndex((button) => button.matches(":focus"));
  const next = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (next === undefined || index === -1) return;
  event.preventDefault();
  buttons[Math.min(Math.max(next, 0), buttons.length - 1)]?.focus();
}

/** The line itself, said in words by the list and the notes. */
function Line({ layout, width, isLive }: { layout: LaneLayout; width: number; isLive: boolean }) {
  const hatch = useId();
  return (
    <svg aria-hidden="true" width={width} height={layout.height} className="absolute inset-0 overflow-visible">
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" strokeWidth="5" className="stroke-warn" />
        </pattern>
      </defs>
      {layout.lines.map(({ fromX, toX, y, isDashed }) => (
        <line
          key={`${fromX} ${y}`}
          x1={fromX}
          x2={toX}
          y1={y}
          y2={y}
          strokeWidth="2"
          strokeDasharray={isDashed ? "4 4" : undefined}
          className="stroke-edge/60 forced-colors:stroke-[CanvasText]"
        />
      ))}
      {isLive && layout.now !== null && (
        <line
          x1={layout.now.fromX}
          x2={layout.now.x}
          y1={layout.now.y}
          y2={layout.now.y}
          strokeWidth="3"
          className="stroke-ok forced-colors:stroke-[Highlight]"
        />
      )}
      {layout.bands.map(({ id, fromX, toX, y }) => (
        <rect
          key={`${id} ${fromX} ${y}`}
          x={fromX}
          y={y - 5}
          width={Math.max(0, toX - fromX)}
          height="10"
          fill={`url(#${hatch})`}
          className="stroke-warn"
        />
      ))}
      {layout.breaks.map(({ x, y, ms }) => (
        <g key={`${x} ${y}`}>
          <rect x={x - 4} y={y - 6} width="8" height="12" className="fill-s0 forced-colors:fill-[Canvas]" />
          <path
            d={`M${x - 5} ${y + 7}l4-14M${x + 1} ${y + 7}l4-14`}
            strokeWidth="1.5"
            className="stroke-t3 forced-colors:stroke-[CanvasText]"
          />
          <text x={x} y={y - 12} textAnchor="middle" className="fill-t3 text-tiny forced-colors:fill-[CanvasText]">
            {formatMs(ms)}
          </text>
        </g>
      ))}
      {layout.now !== null && (
        <g>
          <line
            x1={layout.now.x}
            x2={layout.now.x}
            y1={layout.now.y - 9}
            y2={layout.now.y + 9}
            strokeWidth="1.5"
            className="stroke-accent forced-colors:stroke-[Highlight]"
          />
          <text
            x={layout.now.x}
            y={layout.now.y - 13}
            textAnchor="middle"
            className="fill-t3 text-tiny forced-colors:fill-[CanvasText]"
          >
            now
          </text>
        </g>
      )}
    </svg>
  );
}
