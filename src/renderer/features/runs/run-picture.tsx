import clsx from "clsx";
import { useMemo, useState } from "react";
import type { RunPoint } from "#shared/domain/run.ts";
import { formatCount, formatMs } from "../../theme/format.ts";
import { remToPx } from "../../ui/rem-to-px.ts";
import { useWidth } from "../../ui/use-width.ts";
import { frameOf, layOutPicture, type Mark, markPath, type Picture, type PictureSize } from "./picture-layout.ts";
import { reactionWords } from "./result-words.ts";
import { VERDICTS } from "./verdict-badge.tsx";

const HEIGHT_REM = 12.5;
/** Below this there is no picture to be seen. */
const MIN_WIDTH = 120;

const LOOKS: Readonly<Record<Mark["kind"], string>> = {
  fixed: "fill-ok stroke-s0",
  regressed: "fill-bad stroke-s0",
  changed: "fill-warn stroke-s0",
  same: "fill-t3 stroke-s0",
  first: "fill-s0 stroke-info",
  unreachable: "fill-none stroke-bad stroke-2",
};

const KINDS: readonly Mark["kind"][] = ["fixed", "regressed", "changed", "same", "first", "unreachable"];
const wordOf = (kind: Mark["kind"]): string => (kind === "unreachable" ? "No answer" : VERDICTS[kind].word);

/** When each result came and how long it took; the table beside it says the same in words. */
export function RunPicture({ points, total }: { points: readonly RunPoint[]; total: number }) {
  const [frame, measured] = useWidth();
  const width = measured ?? 0;
  const [remPx] = useState(() => remToPx(1));
  const size = useMemo(() => ({ width, height: HEIGHT_REM * remPx, remPx }), [width, remPx]);
  const picture = useMemo(() => layOutPicture(points, size), [points, size]);
  const kinds = KINDS.filter((kind) => picture.marks.some((mark) => mark.kind === kind));
  return (
    <figure className="grid min-w-0 gap-2">
      <div ref={frame} className="min-w-0" style={{ height: size.height }}>
        {width >= MIN_WIDTH && (
          <svg width={width} height={size.height} role="img" aria-label={pictureWords(points, kinds)} className="block">
            <Axes picture={picture} size={size} />
            {picture.marks.map(({ x, y, kind, point }) => (
              <path key={point.seq} d={markPath(kind, x, y)} className={LOOKS[kind]}>
                <title>{`${point.deliveryId}: ${reactionWords(point)} in ${formatMs(point.ms)}, ${wordOf(kind).toLowerCase()}`}</title>
              </path>
            ))}
          </svg>
        )}
      </div>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-t3">
        {kinds.map((kind) => (
          <span key={kind} className="inline-flex items-center gap-1.5">
            <svg width={14} height={14} aria-hidden="true">
              <path d={markPath(kind, 7, 7)} className={LOOKS[kind]} />
            </svg>
            {wordOf(kind)}
          </span>
        ))}
        {points.length < total && (
          <span className="ml-auto">{`${formatCount(points.length)} of ${formatCount(total)} drawn, all that are news among them`}</span>
        )}
      </figcaption>
    </figure>
  );
}

function Axes({ picture: { timeTicks, msTicks }, size }: { picture: Picture; size: PictureSize }) {
  const { left } = frameOf(size);
  const isNarrow = size.width < 25 * size.remPx;
  const last = timeTicks.length - 1;
  return (
    <g className="fill-t3 text-tiny">
      {msTicks.map(({ at, ms }) => (
        <g key={ms}>
          <line x1={left} x2={size.width} y1={at} y2={at} className="stroke-line" />
          <text x={left - 0.5 * size.remPx} y={at + 0.22 * size.remPx} textAnchor="end">
            {formatMs(ms)}
          </text>
        </g>
      ))}
      {timeTicks.map(({ at, ms }, nth) => (
        <text
          key={at}
          x={at}
          y={size.height - 0.4 * size.remPx}
          textAnchor={nth === 0 ? "start" : nth === last ? "end" : "middle"}
          className={clsx(nth % 2 === 1 && isNarrow && "hidden")}
        >
          {nth === 0 ? "0" : formatMs(ms)}
        </text>
      ))}
    </g>
  );
}

function pictureWords(points: readonly RunPoint[], kinds: readonly Mark["kind"][]): string {
  if (points.length === 0) return "No result yet";
  const slowest = Math.max(...points.map(({ ms }) => ms));
  const words = kinds.map((kind) => wordOf(kind).toLowerCase()).join(", ");
  return `Results by time and by how long they took, the slowest ${formatMs(slowest)}: ${words}`;
}
