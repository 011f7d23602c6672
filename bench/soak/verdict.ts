import type { Sample } from "./sampler.ts";

/** The first part fills what is kept, and warms what is compiled. */
const WARM_PART = 0.25;
const MAX_GROWTH = { rssMb: 20, descriptors: 10, p99: 5 } as const;

type Figure = keyof typeof MAX_GROWTH | "p50" | "searchMax" | "tunnelAway" | "failed";

interface Row {
  readonly figure: Figure;
  readonly first: number;
  readonly last: number;
  readonly max: number;
}

/** Medians of the first and the last quarter after the start, and what of it grew by more than it may. */
export function judge(samples: readonly Sample[]): { table: Row[]; grew: string[] } {
  const warm = samples.slice(Math.floor(samples.length * WARM_PART));
  const part = Math.ceil(warm.length / 4);
  const figures: Figure[] = ["rssMb", "descriptors", "p50", "p99", "searchMax", "tunnelAway", "failed"];
  const table = figures.map((figure) => ({
    figure,
    first: median(warm.slice(0, part).map((sample) => sample[figure])),
    last: median(warm.slice(-part).map((sample) => sample[figure])),
    max: Math.max(...warm.map((sample) => sample[figure])),
  }));
  const isTooMuch = ({ figure, first, last }: Row) =>
    figure in MAX_GROWTH && last - first > MAX_GROWTH[figure as keyof typeof MAX_GROWTH];
  return { table, grew: table.filter(isTooMuch).map(({ figure }) => figure) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
