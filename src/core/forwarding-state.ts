import type { Forwarding } from "#shared/contract/snapshot.ts";
import type { Attempt } from "#shared/domain/attempt.ts";

/** Where deliveries are forwarded to, and whether anybody answered there the last time. */
export interface ForwardingState {
  current(): Forwarding;
  /** Told to clients only when it changes what is known: attempts come by the hundred. */
  noteAttempt(attempt: Attempt): void;
  /** Why nothing may be sent to the target; null once it may. */
  noteRefusal(message: string | null): void;
  /** Of another target nothing is known yet. */
  targetChanged(): void;
}

export function createForwardingState(deps: {
  target(): string | null;
  publish(forwarding: Forwarding): void;
}): ForwardingState {
  let trouble: string | undefined;
  let refusal: string | undefined;
  const current = (): Forwarding => {
    const why = refusal ?? trouble;
    return { target: deps.target(), ...(why !== undefined && { trouble: why }) };
  };

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
    noteRefusal(message) {
      if (message === (refusal ?? null)) return;
      refusal = message ?? undefined;
      deps.publish(current());
    },
    targetChanged() {
      trouble = undefined;
      refusal = undefined;
      deps.publish(current());
    },
  };
}
