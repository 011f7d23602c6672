import { assertNever } from "#shared/assert-never.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";

/** A gap as far as the path's states tell of it; epoch milliseconds. */
export interface OpenGap {
  readonly from: number;
  readonly cause: Gap["cause"];
  readonly message: string;
}

/** What is known of the path. `provenAt` is null until it was proven once since a tunnel is wanted. */
export interface Path {
  readonly provenAt: number | null;
  readonly gap: OpenGap | null;
}

export const UNKNOWN_PATH: Path = { provenAt: null, gap: null };

export type GapChange =
  | { readonly kind: "began"; readonly gap: OpenGap }
  | { readonly kind: "ended"; readonly to: number }
  /** Noticed only now that it is over. */
  | { readonly kind: "was"; readonly gap: OpenGap; readonly to: number };

/**
 * Longer than between any two proofs (five minutes where each costs the user, and a fifth more). Where there was none
 * for this long, the computer slept: nothing could come in, and nothing noticed.
 */
export const MAX_PROOF_INTERVAL_MS = 7 * 60_000;

/** What the next state of the tunnel says of gaps. Pure; gaps.ts records it. */
export function followPath(
  path: Path,
  tunnel: TunnelState,
  now: number,
): { readonly path: Path; readonly change: GapChange | null } {
  switch (tunnel.phase) {
    case "open":
      return proven(path, timeOf(tunnel.proof?.at) ?? now);
    case "degraded":
    case "reconnecting":
      return lost(path, tunnel, now);
    case "opening":
      // By itself because the path was lost, or because the user wants another one: only the former begins a gap.
      return tunnel.lostSince === undefined ? stay(path) : lost(path, tunnel, now);
    case "closed":
      // Given up for a fault, it is still wanted; closed without one, it is not.
      return tunnel.fault === undefined ? unwanted(path, now) : lost(path, tunnel, now);
    case "idle":
      return unwanted(path, now);
    default:
      return assertNever(tunnel.phase);
  }
}

type Followed = ReturnType<typeof followPath>;

function stay(path: Path): Followed {
  return { path, change: null };
}

function proven({ provenAt, gap }: Path, at: number): Followed {
  const path = { provenAt: at, gap: null };
  if (gap !== null) return { path, change: { kind: "ended", to: Math.max(at, gap.from) } };
  if (provenAt !== null && at - provenAt > MAX_PROOF_INTERVAL_MS) {
    return { path, change: { kind: "was", gap: { from: provenAt, ...ASLEEP }, to: at } };
  }
  return { path, change: null };
}

function lost(path: Path, { lostSince, fault }: TunnelState, now: number): Followed {
  // What never worked swallowed nothing that anybody counted on, and the tunnel's own state says what is wrong.
  if (path.provenAt === null || path.gap !== null) return stay(path);
  const noticedAt = timeOf(lostSince) ?? now;
  const wasAsleep = noticedAt - path.provenAt > MAX_PROOF_INTERVAL_MS;
  const gap: OpenGap = wasAsleep
    ? { from: path.provenAt, ...ASLEEP }
    : { from: noticedAt, cause: fault?.kind ?? "unknown", message: fault?.message ?? "The path stopped working." };
  return { path: { ...path, gap }, change: { kind: "began", gap } };
}

function unwanted({ gap }: Path, now: number): Followed {
  return { path: UNKNOWN_PATH, change: gap === null ? null : { kind: "ended", to: Math.max(now, gap.from) } };
}

const ASLEEP = {
  cause: "local",
  message: "The computer slept, or the inspector stood still for another reason.",
} as const;

function timeOf(iso: string | undefined): number | null {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? null : time;
}
