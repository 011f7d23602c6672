import type { Forwarding } from "#shared/contract/snapshot.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import { findTarget } from "#shared/domain/named-target.ts";
import type { Settings } from "#shared/domain/settings.ts";
import type { TargetHealth } from "#shared/domain/target-health.ts";

/** Where deliveries are forwarded to, and whether anybody answered there the last time. */
export interface ForwardingState {
  current(): Forwarding;
  /** Told to clients only when it changes what is known: attempts come by the hundred. */
  noteAttempt(attempt: Attempt): void;
  /** Whether something listens at the targets, which is known before anything is forwarded. */
  noteHealth(targets: readonly TargetHealth[]): void;
  /** Why nothing may be sent to a target; null once all may be sent to. */
  noteRefusal(message: string | null): void;
  /** Of other targets nothing is known yet. */
  targetsChanged(): void;
}

export function createForwardingState(deps: {
  settings(): Pick<Settings, "forwardTo" | "routes" | "targets">;
  publish(forwarding: Forwarding): void;
}): ForwardingState {
  /** By scheme, host and port: one server that answers must not hide that another does not. */
  const troubles = new Map<string, string>();
  /** The same for those at which nothing listens. */
  let down: ReadonlyMap<string, string> = new Map();
  let refusal: string | undefined;

  function trouble(): string | undefined {
    return refusal ?? [...troubles.values()].at(-1) ?? [...down.values()].at(-1);
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
      else if (troubles.size > 0 || down.has(origin)) {
        change(() => {
          troubles.delete(origin);
          // Whoever answers is there, whatever the last look found.
          down = new Map([...down].filter(([other]) => other !== origin));
        });
      }
    },
    noteHealth(targets) {
      const used = new Set(usedUrls(deps.settings()));
      const found = targets.filter(({ state, url }) => state === "down" && used.has(url));
      change(() => {
        down = new Map(found.map(({ url, message = "Nothing listens there." }) => [new URL(url).origin, message]));
      });
    },
    noteRefusal(message) {
      change(() => {
        refusal = message ?? undefined;
      });
    },
    targetsChanged() {
      troubles.clear();
      down = new Map();
      refusal = undefined;
      deps.publish(current());
    },
  };
}

/** Of the targets, those that forwards go to. */
function usedUrls({ forwardTo, routes, targets }: Pick<Settings, "forwardTo" | "routes" | "targets">): string[] {
  const named = routes.flatMap((route) => route.targets.map((name) => findTarget(targets, name)?.url));
  return [forwardTo, ...named].filter((url) => url != null);
}
