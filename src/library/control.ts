import { InspectorError } from "./inspector-error.ts";

/** How the engine is reached, as its record says. */
export interface Endpoint {
  readonly url: string;
  readonly token: string;
}

type Reply =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error: { readonly code: string; readonly message: string; readonly details: unknown };
    };

/** The engine's control API. */
export interface Control {
  /** Rejects with an InspectorError of the command's code, or `host.disconnected`. */
  call(command: string, input: object): Promise<unknown>;
  /** Something with each piece of news, starting with one at once; ends with the engine, or when `signal` aborts. */
  news(signal: AbortSignal): AsyncGenerator<void>;
}

export function createControl({ url, token }: Endpoint): Control {
  const headers = { Authorization: `Bearer ${token}` };
  return {
    async call(command, input) {
      const reply = await post(`${url}/api/call/${encodeURIComponent(command)}`, headers, input);
      if (reply.ok) return reply.result;
      throw new InspectorError(reply.error.code, reply.error.message, reply.error.details);
    },
    async *news(signal) {
      try {
        const { body } = await fetch(`${url}/api/events`, { headers, redirect: "error", signal });
        yield;
        for await (const _piece of body ?? []) yield;
      } catch {
        // It broke off, or nobody waits any more: there is no more news either way.
      }
    },
  };
}

async function post(url: string, headers: Record<string, string>, input: object): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify(input),
      redirect: "error",
    });
    // The engine of this very package answers.
    if (response.ok) return (await response.json()) as Reply;
    throw new Error(`HTTP ${response.status}`);
  } catch {
    throw new InspectorError(
      "host.disconnected",
      "The inspector does not answer any more: it was stopped, or it ended.",
    );
  }
}
