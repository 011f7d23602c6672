import type { Fault } from "#shared/domain/fault.ts";
import { isTarget, NO_TARGET, type Target } from "#shared/domain/named-target.ts";
import type { Route } from "#shared/domain/route.ts";
import type { RunOptions, RunOrder, RunPacing, RunSummary } from "#shared/domain/run.ts";
import { isFit } from "../faults/fault-kinds.ts";

export type PaceKind = "asap" | "original" | "factor" | "interval";

/** A new run as it is being written. */
export interface RunDraft {
  /** Empty for where the routes say. */
  readonly target: string;
  readonly order: RunOrder;
  readonly pace: PaceKind;
  /** Times the original gaps, or milliseconds. */
  readonly factor: string;
  readonly intervalMs: string;
  readonly concurrency: string;
  /** Empty for the last attempt at the same target. */
  readonly baseline: string;
  readonly comparesBodies: boolean;
  readonly ignore: string;
  /** What goes wrong on purpose, as it stands in the fields; null for nothing. */
  readonly fault: Fault | null;
  readonly name: string;
}

export const FIRST_DRAFT: RunDraft = {
  target: "",
  order: "received",
  pace: "asap",
  factor: "0.5",
  intervalMs: "500",
  concurrency: "1",
  baseline: "",
  comparesBodies: false,
  ignore: "",
  fault: null,
  name: "",
};

/** The same once more, compared with what came of it. */
export function draftAgain({ id, options }: RunSummary): RunDraft {
  const { target, order, pacing, concurrency, compareBody, fault = null } = options;
  const pace =
    typeof pacing === "string"
      ? { pace: pacing }
      : "factor" in pacing
        ? { pace: "factor" as const, factor: String(pacing.factor) }
        : { pace: "interval" as const, intervalMs: String(pacing.intervalMs) };
  return {
    ...FIRST_DRAFT,
    ...{ target: target ?? "", order, ...pace, concurrency: String(concurrency), baseline: id, fault },
    ...{ comparesBodies: compareBody !== undefined, ignore: compareBody?.ignore.join(", ") ?? "" },
  };
}

export interface ReadDraft {
  /** Null where something in it cannot be. */
  readonly options:
    | (Pick<RunOptions, "target" | "order" | "pacing" | "concurrency"> & {
        baseline?: string;
        compareBody?: { ignore: string[] };
        fault?: Fault;
        name?: string;
      })
    | null;
  readonly faults: {
    readonly target: string | null;
    readonly pace: string | null;
    readonly concurrency: string | null;
  };
}

/** What a draft asks for, or what is wrong with it, where these targets may be named and these routes may be asked. */
export function readDraft(
  draft: RunDraft,
  { targets, routes }: { readonly targets: readonly Target[]; readonly routes: readonly Route[] },
): ReadDraft {
  const concurrency = Number(draft.concurrency);
  const pacing = readPacing(draft);
  const target = draft.target.trim() === "" ? null : draft.target.trim();
  const isTargetFit = target === null ? routes.length > 0 : isTarget(target, targets);
  const faults = {
    // An empty one is not wrong yet.
    target: isTargetFit || target === null ? null : NO_TARGET,
    pace: pacing === null ? (draft.pace === "factor" ? "From 0.001 to 1000." : "From 0 to 86400000.") : null,
    concurrency:
      Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 50 ? null : "A number from 1 to 50.",
  };
  const isFaultFit = draft.fault === null || isFit(draft.fault);
  if (pacing === null || !isTargetFit || faults.concurrency !== null || !isFaultFit) return { options: null, faults };
  const ignore = draft.ignore
    .split(",")
    .map((path) => path.trim())
    .filter((path) => path !== "");
  return {
    options: {
      ...{ target, order: draft.order, pacing, concurrency },
      ...(draft.baseline !== "" && { baseline: draft.baseline }),
      ...(draft.comparesBodies && { compareBody: { ignore } }),
      ...(draft.fault !== null && { fault: draft.fault }),
      ...(draft.name.trim() !== "" && { name: draft.name.trim() }),
    },
    faults,
  };
}

function readPacing({ pace, factor, intervalMs }: RunDraft): RunPacing | null {
  if (pace === "asap" || pace === "original") return pace;
  const text = (pace === "factor" ? factor : intervalMs).trim();
  const value = text === "" ? Number.NaN : Number(text);
  if (pace === "factor") return value >= 0.001 && value <= 1_000 ? { factor: value } : null;
  return value >= 0 && value <= 86_400_000 ? { intervalMs: value } : null;
}
