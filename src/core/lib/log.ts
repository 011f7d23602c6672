export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One line each: an event name and a few fields. Never payloads, never secrets. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, error: unknown, fields?: LogFields): void;
}

/** Keeps a background promise from going unhandled: its failure is logged under `event` and ends there. */
export function fireAndForget(promise: Promise<unknown>, log: Log, event: string): void {
  promise.catch((error: unknown) => log.error(event, error));
}
