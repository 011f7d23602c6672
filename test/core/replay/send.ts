import { createClock } from "#core/lib/clock.ts";
import { type OutgoingRequest, type SendOptions, type Sent, sendRequest } from "#core/replay/send-request.ts";
import { createConnections } from "#core/replay/wire/connections.ts";
import type { AttemptOutcome } from "#shared/domain/attempt.ts";

/** Sends a small POST to `url` at 127.0.0.1, unless told otherwise, over a connection of its own. */
export async function send(url: string, { options, ...more }: SendChanges = {}): Promise<Sent> {
  const target = new URL(url);
  const body = more.body ?? Buffer.from("{}");
  const request = {
    target,
    addresses: ["127.0.0.1"],
    isLoopback: true,
    method: "POST",
    requestTarget: "/hook",
    headers: [
      ["Host", target.host],
      ["Content-Length", String(body.length)],
    ],
    body,
    ...more,
  } satisfies OutgoingRequest;
  const clock = createClock();
  using connections = createConnections(clock);
  return await sendRequest(request, { clock, connections, timeoutMs: 15_000, ...options });
}

export interface SendChanges extends Partial<OutgoingRequest> {
  readonly options?: Partial<SendOptions>;
}

/** The answer that came, or an error that shows what came instead. */
export function answerOf({ outcome }: { readonly outcome: AttemptOutcome }) {
  if (outcome.kind !== "answered") throw new Error(`No answer came: ${outcome.reason}, ${outcome.message}`);
  return { ...outcome, body: Buffer.from(outcome.bodyBase64, "base64") };
}
