/** What a call of the simulator answers; without `json` the body is empty. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

/** One thing that is wrong with what was sent; `name` is the attribute, empty where it is none. */
export interface ApiProblem {
  readonly slug: string;
  readonly title: string;
  readonly name: string;
}

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const created = (json: unknown): Answer => ({ status: 201, json });
export const accepted = (json: unknown): Answer => ({ status: 202, json });
export const noContent: Answer = { status: 204 };

/** api.video's error body (https://docs.api.video/reference/errors); the first problem is also the body's own. */
export function refused(status: number, problem: ApiProblem, ...more: readonly ApiProblem[]): Answer {
  const all = [problem, ...more].map(({ slug, title, name }) => ({ type: typeOf(slug), title, name }));
  return { status, json: { ...all[0], status, ...(problem.name !== "" && { problems: all }) } };
}

/** 400 for the attributes named, of which there is at least one. */
export function invalid(problems: readonly [ApiProblem, ...ApiProblem[]]): Answer {
  return refused(400, ...problems);
}

export function required(name: string): ApiProblem {
  return { slug: "attribute-required", title: "This attribute is required.", name };
}

export function invalidAttribute(name: string, title: string): ApiProblem {
  return { slug: "invalid-attribute", title, name };
}

/** 404 for an id that leads nowhere; `name` is like webhookId. */
export function notFound(name: string): Answer {
  return refused(404, { slug: "resource-not-found", title: "The requested resource could not be found.", name });
}

export const unrecognizedUrl: Answer = refused(404, {
  slug: "unrecognized-request-url",
  title: "Unrecognized request URL.",
  name: "",
});

export const methodNotAllowed: Answer = refused(405, {
  slug: "method-not-allowed",
  title: "Method is not allowed for this route.",
  name: "",
});

export const invalidPayload: Answer = refused(400, {
  slug: "invalid-payload",
  title: "The payload is invalid.",
  name: "",
});

/** Three fields only, as in the reference. */
export const tooManyRequests: Answer = {
  status: 429,
  json: { type: typeOf("too-many-requests"), title: "Too many requests.", status: 429 },
};

export const serverError: Answer = refused(500, { slug: "server-error", title: "Server error", name: "" });

function typeOf(slug: string): string {
  return `https://docs.api.video/reference/${slug}`;
}
