import { createId } from "#shared/api-video/create-id.ts";
import { EVENT_TYPES, WEBHOOK_LIMIT } from "#shared/api-video/event-types.ts";
import type { Clock } from "../lib/clock.ts";
import {
  type Answer,
  type ApiProblem,
  created,
  invalid,
  invalidAttribute,
  noContent,
  notFound,
  ok,
  refused,
  required,
} from "./answer.ts";
import { isoSeconds } from "./iso-seconds.ts";
import { paginate } from "./paginate.ts";
import { type Route, route } from "./routes.ts";

const MAX_URL_CHARS = 2000;

/** Keys in the order of the reference's samples. */
export interface SimulatedWebhook {
  readonly webhookId: string;
  readonly createdAt: string;
  readonly events: readonly string[];
  readonly url: string;
  readonly signatureSecret: string;
}

export interface WebhooksApi {
  readonly routes: readonly Route[];
  subscribers(type: string): readonly SimulatedWebhook[];
  /** False once it was deleted. */
  has(webhookId: string): boolean;
}

/** Create, list, show and delete; like api.video it has no way to change one. */
export function createWebhooksApi(deps: { readonly clock: Clock; randomId(bytes: number): string }): WebhooksApi {
  const webhooks = new Map<string, SimulatedWebhook>();

  function create(json: Readonly<Record<string, unknown>>): Answer {
    const { url, events } = json;
    const [first, ...more] = [...problemsOfUrl(url), ...problemsOfEvents(events)];
    if (first !== undefined) return invalid([first, ...more]);
    if (webhooks.size >= WEBHOOK_LIMIT) return limitReached;
    const webhook: SimulatedWebhook = {
      webhookId: createId("webhook", deps.randomId),
      createdAt: isoSeconds(deps.clock.now()),
      // Both were checked just above.
      events: [...new Set(events as string[])],
      url: url as string,
      signatureSecret: createId("secret", deps.randomId),
    };
    webhooks.set(webhook.webhookId, webhook);
    return created(webhook);
  }

  function list(url: URL): Answer {
    const event = url.searchParams.get("events");
    const all = [...webhooks.values()];
    return paginate(event === null ? all : all.filter(({ events }) => events.includes(event)), url);
  }

  return {
    routes: [
      route("GET /webhooks", ({ url }) => list(url)),
      route("POST /webhooks", ({ json }) => create(json)),
      route("GET /webhooks/:webhookId", ({ param }) => {
        const webhook = webhooks.get(param("webhookId"));
        return webhook === undefined ? notFound("webhookId") : ok(webhook);
      }),
      route("DELETE /webhooks/:webhookId", ({ param }) =>
        webhooks.delete(param("webhookId")) ? noContent : notFound("webhookId"),
      ),
    ],
    subscribers: (type) => [...webhooks.values()].filter(({ events }) => events.includes(type)),
    has: (webhookId) => webhooks.has(webhookId),
  };
}

const limitReached = refused(400, {
  slug: "webhook-limit-reached",
  title: "Your account has reached the webhook urls limit.",
  name: "",
});

function problemsOfUrl(url: unknown): ApiProblem[] {
  if (url === undefined || url === null || url === "") return [required("url")];
  const isUrl =
    typeof url === "string" && url.length <= MAX_URL_CHARS && /^https?:$/.test(URL.parse(url)?.protocol ?? "");
  return isUrl ? [] : [invalidAttribute("url", "This value is not a valid URL.")];
}

function problemsOfEvents(events: unknown): ApiProblem[] {
  if (events === undefined || events === null) return [required("events")];
  const isList = Array.isArray(events) && events.length > 0;
  const known: readonly unknown[] = EVENT_TYPES;
  return isList && events.every((event) => known.includes(event))
    ? []
    : [invalidAttribute("events", `This value must be a list of one or more of: ${EVENT_TYPES.join(", ")}.`)];
}
