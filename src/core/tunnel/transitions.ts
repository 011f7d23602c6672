import type { TunnelState, TunnelTransition } from "#shared/domain/tunnel.ts";

const KEPT = 200;

/** What happened to the tunnel, in the words the user reads and copies; the oldest entries go first. */
export interface Transitions {
  note(state: TunnelState, now: number): void;
  list(): TunnelTransition[];
}

export function createTransitions(): Transitions {
  const entries: TunnelTransition[] = [];
  return {
    note(state, now) {
      const last = entries.at(-1);
      const message = wordsFor(state);
      if (last?.phase === state.phase && last.message === message) return;
      entries.push({ at: new Date(now).toISOString(), phase: state.phase, message });
      if (entries.length > KEPT) entries.shift();
    },
    list: () => [...entries],
  };
}

function wordsFor({ provider, phase, url, fault }: TunnelState): string {
  switch (phase) {
    case "idle":
      return "No tunnel is wanted.";
    case "opening":
      return fault === undefined ? `Opening ${provider}.` : "Trying again.";
    case "open":
      return `The path through ${url} works.`;
    case "degraded":
    case "reconnecting":
      return fault?.message ?? "The path is being looked at.";
    case "closed":
      return fault?.message ?? "Closed.";
  }
}
