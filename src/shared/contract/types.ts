import type * as z from "zod";
import type { ErrorBody } from "#shared/errors.ts";
import type { commands } from "./commands.ts";
import type { events } from "./events.ts";

export type CommandName = keyof typeof commands;
/** As a caller writes it: what has a default may be left out. */
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]["input"]>;
/** As a handler gets it: validated, defaults filled in. */
export type ParsedInput<N extends CommandName> = z.output<(typeof commands)[N]["input"]>;
export type CommandOutput<N extends CommandName> = z.output<(typeof commands)[N]["output"]>;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
/** `seq` grows by one with each event of an engine's life; a gap means that something was missed. */
export type EventEnvelope = {
  [N in EventName]: { readonly seq: number; readonly name: N; readonly payload: EventPayload<N> };
}[EventName];

/** What travels back for every call, over every transport. */
export type Reply<T = unknown> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly error: ErrorBody };

export type Unsubscribe = () => void;

/** A part of the engine: no other commands than these. */
export interface Caller<Some extends CommandName> {
  /** Rejects with AppError, and only with it. */
  call<N extends Some>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
}

/** The engine, as hosts and the UI see it, whatever carries it. */
export interface Client extends Caller<CommandName> {
  subscribe(listener: (event: EventEnvelope) => void): Unsubscribe;
}
