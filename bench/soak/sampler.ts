import { readdirSync } from "node:fs";
import { rssMb, type Serve } from "../servers.ts";

/** What was measured over the last ten seconds. Milliseconds, but for what its name says otherwise. */
export interface Sample {
  readonly minute: number;
  readonly rssMb: number;
  readonly descriptors: number;
  readonly kept: number;
  readonly acknowledged: number;
  readonly failed: number;
  /** From the start of a request to the end of its answer. */
  readonly p50: number;
  readonly p99: number;
  readonly searchMax: number;
  /** How long the last tunnel was away; 0 where none broke. */
  readonly tunnelAway: number;
}

export interface Sampler {
  acknowledged(ms: number): void;
  failed(): void;
  searched(ms: number): void;
  tunnelBack(ms: number): void;
  take(): Promise<Sample>;
}

/** Reads what the kernel says of the process (Linux), and gathers what the traffic tells. */
export function createSampler(serve: Serve): Sampler {
  const started = performance.now();
  let latencies: number[] = [];
  let failed = 0;
  let searchMax = 0;
  let tunnelAway = 0;
  return {
    acknowledged: (ms) => void latencies.push(ms),
    failed: () => void failed++,
    searched(ms) {
      searchMax = Math.max(searchMax, ms);
    },
    tunnelBack(ms) {
      tunnelAway = ms;
    },
    async take() {
      const { counts } = await serve.call<{ counts: { total: number } }>("app.snapshot", {});
      const sorted = latencies.sort((a, b) => a - b);
      const at = (part: number) => round(sorted[Math.floor(sorted.length * part)] ?? 0);
      const sample = {
        ...{ minute: round((performance.now() - started) / 60_000), rssMb: rssMb(serve.pid) },
        ...{ descriptors: readdirSync(`/proc/${serve.pid}/fd`).length, kept: counts.total },
        ...{ acknowledged: sorted.length, failed, p50: at(0.5), p99: at(0.99) },
        ...{ searchMax: round(searchMax), tunnelAway: round(tunnelAway) },
      };
      latencies = [];
      failed = searchMax = tunnelAway = 0;
      return sample;
    },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
