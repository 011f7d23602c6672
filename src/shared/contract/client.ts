import * as z from "zod";
import { AppError, ErrorBody } from "#shared/errors.ts";
import { commands } from "./commands.ts";
import { events } from "./events.ts";
import type { Client, CommandName, CommandOutput, EventEnvelope, EventName, Unsubscribe } from "./types.ts";

/**
 * What a transport has to do: carry a name and JSON there and a reply back, and deliver envelopes. It knows no command
 * by name and validates nothing. A transport that cannot reach the engine rejects with `host.disconnected`.
 */
export interface Transport {
  invoke(name: string, input: unknown): Promise<unknown>;
  subscribe(listener: (envelope: unknown) => void): Unsubscribe;
}

const Reply = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: ErrorBody }),
]);

const Envelope = z.object({ seq: z.int(), name: z.string(), payload: z.unknown() });

/** A typed client over any transport. Replies and events are parsed here, so that a drifted host fails at the seam. */
export function createClient(transport: Transport): Client {
  return {
    async call<N extends CommandName>(name: N, input: unknown): Promise<CommandOutput<N>> {
      const reply = Reply.safeParse(await transport.invoke(name, input));
      if (!reply.success) throw drifted(`The reply to ${name} is not of the expected form.`, reply.error);
      if (!reply.data.ok) throw AppError.fromBody(reply.data.error);
      const output = commands[name].output.safeParse(reply.data.result);
      if (!output.success) throw drifted(`The result of ${name} is not of the expected form.`, output.error);
      // The schema that was just applied is the one CommandOutput<N> is inferred from.
      return output.data as CommandOutput<N>;
    },
    subscribe: (listener) => transport.subscribe((envelope) => listener(parseEnvelope(envelope))),
  };
}

/** Whether it is of the form of a reply, of whatever version. */
export function isReply(value: unknown): boolean {
  return Reply.safeParse(value).success;
}

/** One event as it came over a transport; throws AppError `internal` where it is not of the contract. */
export function parseEnvelope(value: unknown): EventEnvelope {
  const envelope = Envelope.safeParse(value);
  if (!envelope.success || !Object.hasOwn(events, envelope.data.name)) {
    throw drifted("An event is not of the expected form.", envelope.error);
  }
  const { seq, name, payload } = envelope.data;
  const parsed = events[name as EventName].safeParse(payload);
  if (!parsed.success) throw drifted(`The event ${name} is not of the expected form.`, parsed.error);
  // Name and payload were checked against the same entry of `events`, which is what EventEnvelope says.
  return { seq, name, payload: parsed.data } as EventEnvelope;
}

function drifted(message: string, cause: unknown): AppError {
  return new AppError("internal", `${message} The app and its engine are of different versions: restart both.`, {
    cause,
  });
}
