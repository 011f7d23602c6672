import type { RunPoint, Verdict } from "#shared/domain/run.ts";

/** One result in the picture, in CSS pixels of it. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly point: RunPoint;
  /** What it is drawn as. */
  readonly kind: Verdict | "unreachable";
}

/** A line across the picture, and what it stands for in milliseconds. */
export interface Tick {
  readonly at: number;
  readonly ms: number;
}

export interface Picture {
  readonly marks: readonly Mark[];
  /** Places on the axis of time, from the left. */
  readonly timeTicks: readonly Tick[];
  /** Places on the axis of how long answers took, from the top. */
  readonly msTicks: readonly Tick[];
}

/** How large a picture is, and how large text is in it: all in CSS pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly remPx: number;
}

/** Room for the words on the axes and for marks at the edges; the words grow with the text. */
export function frameOf({ width, height, remPx }: PictureSize) {
  return { left: 3.9 * remPx, right: width - 0.75 * remPx, top: 0.75 * remPx, bottom: height - 1.6 * remPx };
}

/** Faster than anybody tells apart. */
const LEAST_MS = 0.1;
const TIME_TICKS = 4;

/**
 * Each result at its time (to the right) and at how long its answer took (upwards, each line ten times the one below:
 * 0.5 ms and 30 s are both to be seen). What is news is drawn last, on top of the rest.
 */
export function layOutPicture(points: readonly RunPoint[], size: PictureSize): Picture {
  const frame = frameOf(size);
  const lastAt = Math.max(1, ...points.map(({ atMs }) => atMs));
  const times = points.map(({ ms }) => Math.max(LEAST_MS, ms));
  const low = Math.floor(Math.log10(Math.min(1, ...times)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(10, ...times))));
  const toX = (atMs: number): number => frame.left + (atMs / lastAt) * (frame.right - frame.left);
  const toY = (ms: number): number => {
    const share = (Math.log10(Math.max(LEAST_MS, ms)) - low) / (high - low);
    return frame.bottom - share * (frame.bottom - frame.top);
  };
  return {
    marks: points
      .map((point): Mark => ({ x: toX(point.atMs), y: toY(point.ms), point, kind: kindOf(point) }))
      .sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind]),
    timeTicks: Array.from({ length: TIME_TICKS + 1 }, (_, nth) => {
      const ms = (lastAt * nth) / TIME_TICKS;
      return { at: toX(ms), ms };
    }),
    msTicks: Array.from({ length: high - low + 1 }, (_, nth) => ({
      at: toY(10 ** (low + nth)),
      ms: 10 ** (low + nth),
    })),
  };
}

function kindOf({ verdict, outcome }: RunPoint): Mark["kind"] {
  if (outcome === "unreachable" && (verdict === "first" || verdict === "same")) return "unreachable";
  return verdict ?? "first";
}

const WEIGHT: Readonly<Record<Mark["kind"], number>> = {
  same: 0,
  first: 1,
  unreachable: 2,
  changed: 3,
  fixed: 4,
  regressed: 5,
};

/** The outline of a mark around its middle, as an SVG path. */
export function markPath(kind: Mark["kind"], x: number, y: number): string {
  const at = (dx: number, dy: number): string => `${round(x + dx)} ${round(y + dy)}`;
  switch (kind) {
    case "fixed":
      return `M${at(0, -6)}L${at(6, 5)}L${at(-6, 5)}Z`;
    case "regressed":
      return `M${at(0, 6)}L${at(6, -5)}L${at(-6, -5)}Z`;
    case "changed":
      return `M${at(0, -6)}L${at(6, 0)}L${at(0, 6)}L${at(-6, 0)}Z`;
    case "unreachable":
      return `M${at(-4, -4)}L${at(4, 4)}M${at(4, -4)}L${at(-4, 4)}`;
    case "same":
    case "first":
      return `M${at(-3.5, 0)}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z`;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
