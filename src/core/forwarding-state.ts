import type { Forwarding } from "#shared/contract/snapshot.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import type { Settings } from "#shared/domain/settings.ts";

/** Where deliveries are forwarded to, and whether anybody answered there the last time. */
export interface ForwardingState {
  current(): Forwarding;
  /** Told to clients only when it changes what is known: attempts come by the hundred. */
  noteAttempt(attempt: Attempt): void;
  /** Why nothing may be sent to a target; null once all may be sent to. */
  noteRefusal(message: string | null): void;
  /** Of other targets nothing is known yet. */
  targetsChanged(): void;
}

export function createForwardingState(deps: {
  settings(): Pick<Settings, "forwardTo" | "routes">;
  publish(forwarding: Forwarding): void;
}): ForwardingState {
  /** By scheme, host and port: one server that answers must not hide that another does not. */
  const troubles = new Map<string, string>();
  let refusal: string | undefined;

  function trouble(): string | undefined {
    return refusal ?? [...troubles.values()].at(-1);
  }

  function current(): Forwarding {
    const why = trouble();
    const { forwardTo, routes } = deps.settings();
    return {
      target: forwardTo,
      ...(routes.length > 0 && { routes: routes.length }),
      ...(why !== undefined && { trouble: why }),
    };
  }

  /** Publishes only where the trouble is another one afterwards. */
  function change(apply: () => void): void {
    const before = trouble();
    apply();
    if (trouble() !== before) deps.publish(current());
  }

  return {
    current,
    noteAttempt({ kind, target, outcome, fault }) {
      // What went wrong on purpose says nothing of the target.
      if (kind !== "forward" || fault !== undefined) return;
      const { origin } = new URL(target);
      if (outcome.kind === "unreachable") change(() => troubles.set(origin, outcome.message));
      else if (troubles.size > 0) change(() => troubles.delete(origin));
    },
    noteRefusal(message) {
      change(() => {
        refusal = message ?? undefined;
      });
    },
    targetsChanged() {
      troubles.clear();
      refusal = undefined;
      deps.publish(current());
    },
  };
}
