import type { Control } from "./control.ts";
import { InspectorError } from "./inspector-error.ts";
import type { Delivery, WaitOptions } from "./types.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
const PAGE = 500;
/** Of what came instead. */
const SHOWN = 5;

interface Page {
  readonly items: readonly Delivery[];
  readonly newer: number;
}

/** See `Inspector.waitFor`. News only says when to ask again; what fits is the engine's to say. */
export async function waitFor(
  control: Control,
  query: string,
  { timeoutMs = DEFAULT_TIMEOUT_MS, after }: WaitOptions,
): Promise<Delivery> {
  const late = AbortSignal.timeout(timeoutMs);
  const over = new AbortController();
  try {
    for await (const _news of control.news(AbortSignal.any([late, over.signal]))) {
      const found = await oldest(control, query, after?.id ?? "d0");
      if (found !== undefined) return found;
    }
  } finally {
    over.abort();
  }
  if (!late.aborted) throw new InspectorError("host.disconnected", "The inspector ended while it was waited for.");
  throw new InspectorError("wait.timeout", await cameInstead(control, query, timeoutMs, after?.id));
}

async function oldest(control: Control, query: string, after: string): Promise<Delivery | undefined> {
  const { items } = (await control.call("deliveries.list", { query, after, limit: 1 })) as Page;
  return items.at(-1);
}

async function cameInstead(control: Control, query: string, timeoutMs: number, after = "d0"): Promise<string> {
  const { items, newer } = (await control.call("deliveries.list", { after, limit: PAGE })) as Page;
  const count = items.length + newer;
  const shown = items
    .slice(0, SHOWN)
    .map(({ id, type, verification }) => `${id} ${type ?? "no type"} ${verification.state}`);
  const more = count > shown.length ? `, and ${count - shown.length} more` : "";
  const instead = count === 0 ? "Nothing came at all." : `What came: ${shown.join(", ")}${more}.`;
  return `Nothing that “${query}” finds came within ${timeoutMs} ms. ${instead}`;
}
