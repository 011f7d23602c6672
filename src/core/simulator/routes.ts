import type { IncomingMessage } from "node:http";
import type { Answer } from "./answer.ts";

/** Which of api.video's rate limits a call counts for; the simulator's own controls count for none. */
export type Budget = "reads" | "writes" | "uploads" | "none";

export interface Call {
  /** The value of a named part of the route's path, decoded. */
  param(name: string): string;
  readonly url: URL;
  /** The JSON object that was sent; empty where the route reads none. */
  readonly json: Readonly<Record<string, unknown>>;
  /** For routes that read the body themselves. */
  readonly raw: IncomingMessage;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly pattern: URLPattern;
  readonly budget: Budget;
  readonly readsJson: boolean;
  /** True for the two calls that hand out tokens. */
  readonly isOpen: boolean;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export type RouteMatch =
  | { readonly kind: "found"; readonly route: Route; param(name: string): string }
  | { readonly kind: "wrong-method" }
  | { readonly kind: "unknown" };

/** A route from text like `GET /webhooks/:webhookId`. Calls that write read JSON unless `options` say otherwise. */
export function route(
  text: `${Route["method"]} /${string}`,
  handle: Route["handle"],
  options: Partial<Pick<Route, "budget" | "readsJson" | "isOpen">> = {},
): Route {
  const space = text.indexOf(" ");
  // The parameter's type spells out the methods.
  const method = text.slice(0, space) as Route["method"];
  return {
    method,
    pattern: new URLPattern({ pathname: text.slice(space + 1) }),
    budget: method === "GET" ? "reads" : "writes",
    readsJson: method === "POST",
    isOpen: false,
    handle,
    ...options,
  };
}

export function matchRoute(routes: readonly Route[], method: string, url: URL): RouteMatch {
  let isKnownPath = false;
  for (const candidate of routes) {
    const groups = candidate.pattern.exec({ pathname: url.pathname })?.pathname.groups;
    if (groups === undefined) continue;
    if (candidate.method === method) {
      return { kind: "found", route: candidate, param: (name) => decoded(groups[name] ?? "") };
    }
    isKnownPath = true;
  }
  return { kind: isKnownPath ? "wrong-method" : "unknown" };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not a valid escape: no id of ours looks like that, so it will not be found.
    return text;
  }
}
