/** What stands on a lane, in its order: steps with their time (epoch milliseconds), then what is to come, without one. */
export interface LaneMark {
  readonly id: string;
  readonly at: number | null;
}

/** A time without a path. */
export interface LaneGap {
  readonly id: string;
  readonly from: number;
  /** Null: it lasts. */
  readonly to: number | null;
}

export interface LaneInput {
  readonly marks: readonly LaneMark[];
  readonly gaps: readonly LaneGap[];
  readonly now: number;
  /** All lengths are in CSS pixels: the room there is, and how large a rem is. */
  readonly width: number;
  readonly remPx: number;
}

export interface LaneLayout {
  readonly height: number;
  /** Middles. */
  readonly marks: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  readonly lines: readonly Line[];
  /** Where a long pause is cut out of the line. */
  readonly breaks: readonly { readonly x: number; readonly y: number; readonly ms: number }[];
  readonly bands: readonly (Omit<Line, "isDashed"> & { readonly id: string })[];
  /** Where the past ends, and where the line to it begins; null without a step. */
  readonly now: { readonly x: number; readonly y: number; readonly fromX: number } | null;
}

export interface Line {
  readonly fromX: number;
  readonly toX: number;
  readonly y: number;
  /** To what is still to come, on no scale. */
  readonly isDashed: boolean;
}

/** In rem. A cell holds a mark and the time below it, however little time lies between two. */
const CELL = 4.1;
const BREAK = 3.2;
const NOW = 2.6;
const ROW_HEIGHT = 4.75;
const MIDDLE = 2;
export const MARK_RADIUS = 0.875;
/** How much longer than a cell the longest line gets: in one row, and where a lane needs several. */
const LONGEST = 9;
const LONGEST_WRAPPED = 2;

const LEAST_BREAK_MS = 10_000;
const LONE_BREAK_MS = 10 * 60_000;
/** Of the usual pause of this lane. */
const BREAK_FACTOR = 8;
const MIN_BAND_PX = 4;

type Piece =
  | { readonly kind: "first" | "next"; readonly mark: LaneMark }
  | { readonly kind: "pause"; readonly mark: LaneMark; readonly ms: number }
  | { readonly kind: "break"; readonly mark: LaneMark; readonly ms: number }
  | { readonly kind: "now" };

/**
 * Puts marks on a line whose length between two of them is a cell and, to one scale, the time between them; long pauses
 * are cut out. What does not fit goes on in a row below.
 */
export function layOutLane(input: LaneInput): LaneLayout {
  const pieces = toPieces(input.marks);
  const scale = scaleOf(pieces, input);
  const px = (rem: number) => rem * input.remPx;
  const marks: { id: string; x: number; y: number }[] = [];
  const lines: Line[] = [];
  const breaks: { x: number; y: number; ms: number }[] = [];
  const bands: LaneLayout["bands"][number][] = [];
  let now: LaneLayout["now"] = null;
  let x = 0;
  let y = px(MIDDLE);
  let lastAt: number | null = null;

  for (const piece of pieces) {
    const isDashed = piece.kind === "next" || piece.kind === "now";
    const step = lengthOf(piece, scale, px);
    let fromX = x;
    if (piece.kind === "first") {
      x = px(CELL) / 2;
    } else if (x + step + px(CELL) / 2 <= input.width || marks.length === 0) {
      x += step;
    } else {
      // The line goes on to the edge, and comes in from the other one a row below.
      lines.push({ fromX: x, toX: input.width, y, isDashed });
      fromX = 0;
      x = piece.kind === "break" ? px(BREAK + CELL / 2) : px(CELL) / 2;
      y += px(ROW_HEIGHT);
    }
    if (piece.kind !== "first") lines.push({ fromX, toX: x, y, isDashed });
    if (piece.kind === "break") breaks.push({ x: fromX + (x - fromX) / 2, y, ms: piece.ms });
    const at = piece.kind === "now" ? input.now : piece.mark.at;
    if (lastAt !== null && at !== null) {
      const inset = (px(MARK_RADIUS) * (x - fromX)) / Math.max(x - fromX, px(MARK_RADIUS) * 4);
      bands.push(...bandsIn(input, { from: lastAt, to: at }, { fromX: fromX + inset, toX: x - inset, y }));
    }
    if (piece.kind === "now") now = { x, y, fromX };
    else marks.push({ id: piece.mark.id, x, y });
    lastAt = at;
  }
  return { height: y + px(ROW_HEIGHT - MIDDLE), marks, lines, breaks, bands, now };
}

function toPieces(marks: readonly LaneMark[]): Piece[] {
  const times = marks.flatMap(({ at }) => (at === null ? [] : [at]));
  const pauses = times.slice(1).map((at, index) => Math.max(0, at - (times[index] ?? at)));
  const longest = longestUnbroken(pauses);
  const steps = marks.slice(0, times.length).map((mark, index): Piece => {
    const ms = pauses[index - 1];
    if (ms === undefined) return { kind: "first", mark };
    return { kind: ms > longest ? "break" : "pause", mark, ms };
  });
  const toCome = marks.slice(times.length).map((mark, index): Piece => {
    return { kind: steps.length === 0 && index === 0 ? "first" : "next", mark };
  });
  return steps.length === 0 ? toCome : [...steps, { kind: "now" }, ...toCome];
}

/** Pauses up to this one are drawn to scale: what is far beyond the usual would press all others flat. */
function longestUnbroken(pauses: readonly number[]): number {
  const sorted = pauses.toSorted((a, b) => a - b);
  if (sorted.length < 2) return LONE_BREAK_MS;
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return Math.max(LEAST_BREAK_MS, usual * BREAK_FACTOR);
}

/** Pixels a millisecond: as long as there is room in one row, but never so that two events lie a window apart. */
function scaleOf(pieces: readonly Piece[], { width, remPx }: LaneInput): number {
  const pauses = pieces.flatMap((piece) => (piece.kind === "pause" ? [piece.ms] : []));
  const longest = Math.max(...pauses, 1);
  const fixed = pieces.reduce((sum, piece) => sum + lengthOf(piece, 0, (rem) => rem * remPx), CELL * remPx);
  const room = width - fixed;
  if (room < 0) return (LONGEST_WRAPPED * remPx) / longest;
  const all = pauses.reduce((sum, ms) => sum + ms, 0);
  return Math.min(room / Math.max(all, 1), (LONGEST * remPx) / longest);
}

function lengthOf(piece: Piece, scale: number, px: (rem: number) => number): number {
  switch (piece.kind) {
    case "first":
      return 0;
    case "next":
      return px(CELL);
    case "pause":
      return px(CELL) + piece.ms * scale;
    case "break":
      return px(CELL + BREAK);
    case "now":
      return px(NOW);
  }
}

function bandsIn(
  { gaps, now }: LaneInput,
  time: { readonly from: number; readonly to: number },
  line: { readonly fromX: number; readonly toX: number; readonly y: number },
): LaneLayout["bands"][number][] {
  const length = line.toX - line.fromX;
  const xOf = (at: number): number => {
    const share = (at - time.from) / Math.max(time.to - time.from, 1);
    return line.fromX + length * Math.min(Math.max(share, 0), 1);
  };
  return gaps
    .filter(({ from, to }) => from < time.to && (to ?? now) > time.from)
    .map(({ id, from, to }) => {
      const fromX = Math.min(xOf(from), line.toX - MIN_BAND_PX);
      return { id, fromX, toX: Math.max(xOf(to ?? now), fromX + MIN_BAND_PX), y: line.y };
    });
}
