import { type Fault, groupSize, isHit } from "#shared/domain/fault.ts";

/** A delivery that is going to be sent. */
export interface PlannedSending<D> {
  readonly delivery: D;
  /** When, from the start of all of them. */
  readonly offsetMs: number;
  /** What is done to it on purpose; the sender carries out what concerns the request. */
  readonly fault?: Fault;
}

/**
 * The sendings with a fault in them, in the order in which they are to start; `offsetMs` never falls from one to the next.
 * Always the same for the same sendings. One that is dropped stays in the list with its fault: it has a result as well.
 */
export function planFaults<D>(fault: Fault, sendings: readonly PlannedSending<D>[]): PlannedSending<D>[] {
  const size = groupSize(fault);
  const planned: PlannedSending<D>[] = [];
  for (let index = 0; index < sendings.length; index += size) {
    const group = sendings.slice(index, index + size);
    planned.push(...(isHit(fault, index) ? withFault(fault, group) : group));
  }
  return fault.kind === "delay" ? planned.toSorted((a, b) => a.offsetMs - b.offsetMs) : planned;
}

function withFault<D>(fault: Fault, group: readonly PlannedSending<D>[]): PlannedSending<D>[] {
  const marked = group.map((sending) => ({ ...sending, fault }));
  switch (fault.kind) {
    case "duplicate":
      return marked.flatMap((sending) => Array.from({ length: fault.times }, () => sending));
    case "reorder":
      // They change their places in time as well: the pace stays what it was.
      return marked
        .toReversed()
        .map((sending, i) => ({ ...sending, offsetMs: group[i]?.offsetMs ?? sending.offsetMs }));
    case "delay":
      return marked.map((sending) => ({ ...sending, offsetMs: sending.offsetMs + fault.ms }));
    case "burst": {
      const last = Math.max(...group.map(({ offsetMs }) => offsetMs));
      return marked.map((sending) => ({ ...sending, offsetMs: last }));
    }
    default:
      return marked;
  }
}
