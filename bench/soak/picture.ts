import type { Sample } from "./sampler.ts";

const WIDTH = 900;
const HEIGHT = 170;
const LEFT = 70;
const RIGHT = 20;
const TOP = 34;
const BOTTOM = 26;

interface Chart {
  readonly title: string;
  readonly of: (sample: Sample) => number;
}

const CHARTS: readonly Chart[] = [
  { title: "Memory of the process (RSS), MB", of: ({ rssMb }) => rssMb },
  { title: "Open descriptors", of: ({ descriptors }) => descriptors },
  { title: "Answer of the listener, 99 of 100, ms", of: ({ p99 }) => p99 },
  { title: "Deliveries kept", of: ({ kept }) => kept },
];

/** An SVG of the samples over time, one chart below the other. */
export function drawSamples(samples: readonly Sample[]): string {
  const charts = CHARTS.map((chart, index) => drawChart(chart, samples, index * HEIGHT));
  const style = "text{font:12px system-ui,sans-serif;fill:#334155}.t{font-weight:600}.g{stroke:#e2e8f0}";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT * CHARTS.length}">`,
    "<title>Memory, descriptors, latency and deliveries kept, over the time of a soak</title>",
    `<style>${style}</style><rect width="100%" height="100%" fill="#fff"/>`,
    ...charts,
    "</svg>\n",
  ].join("\n");
}

function drawChart({ title, of }: Chart, samples: readonly Sample[], y: number): string {
  const minutes = Math.max(1, samples.at(-1)?.minute ?? 1);
  const max = niceMax(Math.max(1, ...samples.map(of)));
  const height = HEIGHT - TOP - BOTTOM;
  const toX = (minute: number) => (LEFT + (minute / minutes) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const toY = (value: number) => (y + TOP + (1 - value / max) * height).toFixed(1);
  const grid = [0, max / 2, max].map(
    (value) =>
      `<line class="g" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${toY(value)}" y2="${toY(value)}"/>` +
      `<text x="${LEFT - 8}" y="${toY(value)}" dy="4" text-anchor="end">${value.toLocaleString("en")}</text>`,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const minute = part * minutes;
    return `<text x="${toX(minute)}" y="${y + HEIGHT - 8}" text-anchor="middle">${Math.round(minute)} min</text>`;
  });
  const points = samples.map((sample) => `${toX(sample.minute)},${toY(of(sample))}`).join(" ");
  return [
    `<text class="t" x="${LEFT}" y="${y + 20}">${title}</text>`,
    ...grid,
    ...ticks,
    `<polyline points="${points}" fill="none" stroke="#4f46e5" stroke-width="1.5"/>`,
  ].join("\n");
}

/** 1, 2 or 5 times a power of ten. */
function niceMax(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}
