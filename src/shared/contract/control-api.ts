import { AppError } from "#shared/errors.ts";

/** Where the control API of an engine is, and what opens it. */
export interface ControlApi {
  /** Its origin, without a slash at the end. */
  readonly url: string;
  /** The engine's token of this run. */
  readonly token: string;
  /** The engine's process, where that is known. */
  readonly pid?: number;
}

export interface Asking {
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
}

/** The request that calls a command; where it redirects to is not to be followed, for the token is not for there. */
export interface CallRequest {
  readonly url: string;
  readonly init: {
    readonly method: "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

/** Throws AppError `input.invalid` for what JSON cannot say. */
export function callRequest({ url, token }: ControlApi, name: string, input: unknown): CallRequest {
  const body = toJson(input);
  return {
    url: `${url}/api/call/${encodeURIComponent(name)}`,
    init: {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(body !== undefined && { body }),
    },
  };
}

/** Calls a command. Rejects as `fetch` does, and throws as `callRequest`. */
export function postCall(
  api: ControlApi,
  name: string,
  input: unknown,
  { fetch = globalThis.fetch }: Pick<Asking, "fetch"> = {},
): Promise<Response> {
  const { url, init } = callRequest(api, name, input);
  return fetch(url, { ...init, redirect: "error" });
}

/** Opens the stream of events: those from now on, or all after `lastEventId` where it is one of this run. */
export function getEvents(
  { url, token }: ControlApi,
  { fetch = globalThis.fetch, signal, lastEventId }: Asking & { readonly lastEventId?: string | undefined } = {},
): Promise<Response> {
  return fetch(`${url}/api/events`, {
    headers: {
      Authorization: `Bearer ${token}`,
      ...(lastEventId !== undefined && { "Last-Event-ID": lastEventId }),
    },
    cache: "no-store",
    redirect: "error",
    ...(signal && { signal }),
  });
}

/** Undefined for what is undefined, which is sent as nothing. */
function toJson(input: unknown): string | undefined {
  try {
    return JSON.stringify(input);
  } catch (cause) {
    throw new AppError("input.invalid", "The input cannot be written as JSON.", { cause });
  }
}
