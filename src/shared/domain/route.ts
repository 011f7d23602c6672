import * as z from "zod";
import { parseQuery } from "#shared/search/parse-query.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { areDistinct, findTarget, MAX_TARGETS, type Target } from "./named-target.ts";

/** A search that decides something: one that cannot be read would decide nothing without a word. Empty: every delivery. */
export const RuleQuery = z
  .string()
  .trim()
  .max(MAX_QUERY_CHARS)
  .refine((query) => parseQuery(query).errors.length === 0, {
    error: (issue) => parseQuery(String(issue.input)).errors[0]?.message ?? "This search cannot be read.",
  });

export const RuleName = z
  .string()
  .trim()
  .min(1, { error: "Give it a name." })
  .max(60, { error: "At most 60 characters." });

/** Deliveries that the search finds go to all of these targets, or to none where none is named. */
export const Route = z.object({
  name: RuleName,
  query: RuleQuery,
  /** Names. One that is gone is kept: it may come back. */
  targets: z.array(z.string().trim().min(1).max(60)).max(MAX_TARGETS),
});
export type Route = z.infer<typeof Route>;

export const MAX_ROUTES = 20;

/** In the order in which they are tried: the first one that matches decides. */
export const Routes = z
  .array(Route)
  .max(MAX_ROUTES, { error: `At most ${MAX_ROUTES} routes.` })
  .refine((routes) => areDistinct(routes.map(({ name }) => name)), {
    error: "There is a route of this name already.",
  });

/** Where one delivery goes, in order; `target` null is the default one. */
export interface Destinations {
  /** The route that decided; absent where none matched. */
  readonly route?: string;
  readonly targets: readonly (string | null)[];
}

/**
 * The first route that matched decides; without one, the default target does. `matched` has an entry for each route.
 */
export function chooseDestinations(routes: readonly Route[], matched: readonly boolean[]): Destinations {
  return destinationsOf(routes.find((_, index) => matched[index] === true));
}

/** What this route says, or none of them. A target that is named twice gets the delivery once. */
export function destinationsOf(route: Pick<Route, "name" | "targets"> | undefined): Destinations {
  if (route === undefined) return { targets: [null] };
  const names = new Map(route.targets.map((name) => [name.toLowerCase(), name]));
  return { route: route.name, targets: [...names.values()] };
}

/** The names in a route that no target has. */
export function missingTargets(route: Route, targets: readonly Target[]): string[] {
  return route.targets.filter((name) => findTarget(targets, name) === undefined);
}
