import { isDeepStrictEqual } from "node:util";
import type { Forwarding, Problem } from "#shared/contract/snapshot.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import { findTarget, type Target } from "#shared/domain/named-target.ts";
import { chooseDestinations, type Destinations, missingTargets } from "#shared/domain/route.ts";
import type { Settings } from "#shared/domain/settings.ts";
import type { TargetHealth } from "#shared/domain/target-health.ts";
import type { AppError } from "#shared/errors.ts";
import type { EventBus } from "./event-bus.ts";
import { createForwardingState } from "./forwarding-state.ts";
import type { Clock } from "./lib/clock.ts";
import type { Log } from "./lib/log.ts";
import type { Routing } from "./lib/stored-run.ts";
import type { Problems } from "./problems.ts";
import type { Sender } from "./replay/sender.ts";
import { watchTargets } from "./replay/target-health.ts";

const ROUTES_PROBLEM = "routes";
const REFUSED_PROBLEM = "forward";

export interface ForwardingDeps {
  settings(): Settings;
  /** Which of these searches find the delivery. */
  matching(id: string, queries: readonly string[]): Promise<boolean[]>;
  readonly sender: Sender;
  readonly events: EventBus;
  readonly problems: Problems;
  readonly clock: Clock;
  readonly log: Log;
  onTargetsChanged(): void;
}

/** Where deliveries go, whether somebody is there, and what is wrong with it. */
export interface ForwardingArea extends AsyncDisposable {
  current(): Forwarding;
  /** What the routes in force say of a stored delivery; at once where there are none. */
  route(id: string): Destinations | Promise<Destinations>;
  /** The routes in force, without targets that are gone, for those who ask of many deliveries at once. */
  routing(): Routing;
  namedTarget(name: string): Target | undefined;
  noteAttempt(attempt: Attempt): void;
  noteRefusal(problem: AppError | null): void;
  /** Looks at the targets now and then from now on. */
  start(): void;
  /** To be called after every change of settings; does something where it is about targets. */
  follow(): void;
  health(): TargetHealth[];
  /** Looks at all targets now. */
  check(): Promise<TargetHealth[]>;
}

export function createForwarding(deps: ForwardingDeps): ForwardingArea {
  const { settings, events, problems, clock, log, sender } = deps;
  const state = createForwardingState({
    settings,
    publish: (forwarding) => events.publish("forwarding.changed", forwarding),
  });
  const health = watchTargets({
    ...{ clock, log, sender },
    urls: () => urlsOf(settings()),
    onChange(targets) {
      state.noteHealth(targets);
      events.publish("targets.changed", { targets: [...targets] });
    },
  });
  let followed = factsOf(settings());

  function tellOfRoutes(): void {
    const problem = problemOf(settings());
    const isRaised = problems.list().some(({ id }) => id === ROUTES_PROBLEM);
    if (problem !== null) problems.raise(problem);
    else if (isRaised) problems.clear(ROUTES_PROBLEM);
  }

  tellOfRoutes();
  return {
    current: state.current,
    route(id) {
      const { routes } = settings();
      if (routes.length === 0) return { targets: [null] };
      const queries = routes.map(({ query }) => query);
      return deps.matching(id, queries).then((matched) => chooseDestinations(routes, matched));
    },
    routing() {
      const { routes, targets, forwardTo } = settings();
      const isThere = (name: string) => findTarget(targets, name) !== undefined;
      return {
        routes: routes.map((route) => ({ ...route, targets: route.targets.filter(isThere) })),
        fallback: forwardTo,
      };
    },
    namedTarget: (name) => findTarget(settings().targets, name),
    noteAttempt: state.noteAttempt,
    noteRefusal(problem) {
      state.noteRefusal(problem?.message ?? null);
      if (problem === null) problems.clear(REFUSED_PROBLEM);
      else problems.raise({ id: REFUSED_PROBLEM, title: "Nothing is forwarded", message: problem.message });
    },
    start: health.start,
    follow() {
      const facts = factsOf(settings());
      if (isDeepStrictEqual(facts, followed)) return;
      followed = facts;
      deps.onTargetsChanged();
      state.targetsChanged();
      tellOfRoutes();
      health.follow();
      state.noteHealth(health.current);
    },
    health: () => [...health.current],
    check: async () => [...(await health.check())],
    [Symbol.asyncDispose]: () => health[Symbol.asyncDispose](),
  };
}

/** What a change of means that targets are others, or may be sent to or not. */
function factsOf({ forwardTo, targets, routes, allowedTargets }: Settings): unknown {
  return { forwardTo, targets, routes, allowedTargets };
}

function urlsOf({ forwardTo, targets }: Settings): string[] {
  return [...(forwardTo === null ? [] : [forwardTo]), ...targets.map(({ url }) => url)];
}

/** What keeps deliveries from where a route wants them. */
function problemOf({ routes, targets }: Settings): Problem | null {
  const gone = routes.flatMap((route) =>
    missingTargets(route, targets).map((name) => `“${name}” (in “${route.name}”)`),
  );
  if (gone.length === 0) return null;
  return {
    id: ROUTES_PROBLEM,
    title: gone.length === 1 ? "A route names a target that is gone" : "Routes name targets that are gone",
    message: `Nothing is sent to ${gone.join(", ")}. Add a target of that name, or change the route, under Forwarding.`,
  };
}
