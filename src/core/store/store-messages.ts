import type { DeliveryCounts } from "#shared/domain/delivery.ts";
import type { ErrorBody } from "#shared/errors.ts";
import type { AppendBatch, AppendedBatch } from "./append-batch.ts";
import type { Database, Limits } from "./database.ts";

/** What goes between the store and its thread. Both ends are ours and of one build, so nothing is validated here. */
export interface WorkerStart {
  readonly dataDir: string;
  readonly limits: Limits;
}

type Calls = Database["calls"];
export type CallName = keyof Calls;
export type CallArgs<N extends CallName> = Parameters<Calls[N]>;
export type CallResult<N extends CallName> = ReturnType<Calls[N]>;

export type ToWorker =
  | { readonly kind: "append"; readonly batch: AppendBatch }
  | { readonly kind: "call"; readonly id: number; readonly name: CallName; readonly args: readonly unknown[] }
  | { readonly kind: "close" };

/** An error as it crosses threads: ours with its code, anything else as describeBug has it, for the log. */
export type WireError = { readonly app: ErrorBody } | { readonly bug: string };

export type FromWorker =
  | { readonly kind: "ready"; readonly counts: DeliveryCounts }
  | { readonly kind: "start-failed"; readonly error: WireError }
  /** One entry per batch, in the order they were sent. */
  | { readonly kind: "appended"; readonly batches: AppendedBatch[]; readonly counts: DeliveryCounts }
  | { readonly kind: "append-failed"; readonly batches: number; readonly error: WireError }
  | { readonly kind: "reply"; readonly id: number; readonly result: unknown; readonly counts: DeliveryCounts }
  | { readonly kind: "failed"; readonly id: number; readonly error: WireError }
  | { readonly kind: "removed"; readonly ids: string[]; readonly counts: DeliveryCounts }
  | { readonly kind: "closed" };
