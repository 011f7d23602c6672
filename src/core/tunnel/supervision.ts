import type { TunnelFault, TunnelPhase } from "#shared/domain/tunnel.ts";

/** What the supervisor must know of the provider in use. */
export interface Plan {
  /** Nothing of ours to open again: a public URL that somebody else leads here. */
  readonly isFixed: boolean;
  /** The provider mends its own connection: it gets more time before it is opened anew. */
  readonly mendsItself: boolean;
  /** How often an idle path is proven. */
  readonly probeEveryMs: number;
  /** How long our name is asked for again before another URL is taken. */
  readonly nameGraceMs: number;
  /** After this the provider ends the session, however busy it is. */
  readonly maxSessionMs?: number;
}

/** What a look at the path showed: our own request came back, or why not. */
export type ProbeResult =
  | { readonly kind: "ok"; readonly ms: number }
  | {
      readonly kind: "failed";
      /** `listener`: on our side of the tunnel. `gate`: something before it answers instead, such as a web page. */
      readonly at: "listener" | "relay" | "network" | "gate" | "stranger";
      readonly fault: TunnelFault;
    };

export type TimerName = "deadline" | "retry" | "probe" | "expiry" | "previous";

/**
 * Everything the supervisor knows; plain data. An epoch is one try to open: what comes from any other epoch than the
 * current one is ignored, and its session closed.
 */
export interface Supervision {
  readonly phase: TunnelPhase;
  readonly plan: Plan | null;
  readonly epoch: number;
  /** The highest epoch there ever was: none is used twice. */
  readonly lastEpoch: number;
  /** Of the session of this epoch, proven or not. */
  readonly url: string | null;
  readonly fault: TunnelFault | null;
  readonly isProbing: boolean;
  readonly failedProbes: number;
  readonly failedOpens: number;
  /** When each timer is due; a timer that is not there does not run. */
  readonly timers: Readonly<Partial<Record<TimerName, number>>>;
  readonly lostSince: number | null;
  readonly openSince: number | null;
  /** Since when the relay gives us another name than ours. */
  readonly takenSince: number | null;
  readonly provenAt: number | null;
  readonly provenMs: number | null;
  /** A session that is to follow the current one before that ends; its URL once it is open. */
  readonly next: { readonly epoch: number; readonly url: string | null } | null;
  /** The session before that one, kept for what still comes to its URL. */
  readonly previous: number | null;
}

export type SupervisorEvent =
  /** A choice of provider, new or anew. */
  | { readonly kind: "start"; readonly plan: Plan }
  | { readonly kind: "stop" }
  | { readonly kind: "opened"; readonly epoch: number; readonly url: string; readonly isRenamed: boolean }
  | { readonly kind: "open-failed"; readonly epoch: number; readonly fault: TunnelFault }
  /** `isFinal`: the session never recovers. */
  | { readonly kind: "down"; readonly epoch: number; readonly fault: TunnelFault; readonly isFinal: boolean }
  | { readonly kind: "up"; readonly epoch: number; readonly url: string }
  | { readonly kind: "probed"; readonly epoch: number; readonly url: string; readonly result: ProbeResult }
  | { readonly kind: "timer"; readonly timer: TimerName }
  /** A delivery came in through the tunnel. */
  | { readonly kind: "traffic" }
  /** The computer slept, or its network changed. */
  | { readonly kind: "woke" }
  /** The relay accepts connections again. */
  | { readonly kind: "relay-back" };

export type Effect =
  | { readonly kind: "open"; readonly epoch: number }
  /** Ends the session of this epoch, or gives up opening it. */
  | { readonly kind: "close"; readonly epoch: number }
  | { readonly kind: "probe"; readonly epoch: number; readonly url: string }
  | { readonly kind: "restart-listener" };

export const IDLE: Supervision = {
  phase: "idle",
  plan: null,
  epoch: 0,
  lastEpoch: 0,
  url: null,
  fault: null,
  isProbing: false,
  failedProbes: 0,
  failedOpens: 0,
  timers: {},
  lostSince: null,
  openSince: null,
  takenSince: null,
  provenAt: null,
  provenMs: null,
  next: null,
  previous: null,
};

export interface Circumstances {
  /** Epoch milliseconds. */
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
}

export interface Step {
  readonly state: Supervision;
  readonly effects: readonly Effect[];
}

export function stay(state: Supervision): Step {
  return { state, effects: [] };
}
