import type { Forwarding } from "#shared/contract/snapshot.ts";
import type { Attempt } from "#shared/domain/attempt.ts";

/** Where deliveries are forwarded to, and whether anybody answered there the last time. */
export interface ForwardingState {
  current(): Forwarding;
  /** Told to clients only when it changes what is known: attempts come by the hundred. */
  noteAttempt(attempt: Attempt): void;
  /** Of another target nothing is known yet. */
  targetChanged(): void;
}

export function createForwardingState(deps: {
  target(): string | null;
  publish(forwarding: Forwarding): void;
}): ForwardingState {
  let trouble: string | undefined;
  const current = (): Forwarding => ({ target: deps.target(), ...(trouble !== undefined && { trouble }) });

  function learn(next: string | undefined): void {
    if (next === trouble) return;
    trouble = next;
    deps.publish(current());
  }

  return {
    current,
    noteAttempt({ kind, outcome }) {
      if (kind === "forward") learn(outcome.kind === "unreachable" ? outcome.message : undefined);
    },
    targetChanged() {
      trouble = undefined;
      deps.publish(current());
    },
  };
}
