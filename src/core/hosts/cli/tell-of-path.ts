import type { EventEnvelope, EventPayload } from "#shared/contract/types.ts";
import type { Engine } from "../../engine.ts";
import { printLine } from "./format.ts";

type PathEventName = "tunnel.changed" | "registration.changed";
type PathEvent = { [N in PathEventName]: { readonly name: N; readonly payload: EventPayload<N> } }[PathEventName];

/** One line each time that the public URL or the webhook changes: they follow after the rest is ready. */
export function tellOfPath(engine: Engine): void {
  const lineFor = createPathLines();
  engine.events.subscribe((event) => {
    const line = isPathEvent(event) ? lineFor(event) : null;
    if (line !== null) printLine(line);
  });
}

/** What there is to say of each event in turn; null where that was said already. */
export function createPathLines(): (event: PathEvent) => string | null {
  let told = "";
  let registered: string | undefined;
  return (event) => {
    const line = pathLine(event, registered);
    if (event.name === "registration.changed") registered = webhookAfter(event.payload, registered);
    if (line === null || line === told) return null;
    told = line;
    return line;
  };
}

function isPathEvent(event: EventEnvelope): event is Extract<EventEnvelope, { name: PathEventName }> {
  return event.name === "tunnel.changed" || event.name === "registration.changed";
}

/** The webhook that was told of and is there, or is being removed. */
function webhookAfter(
  { phase, webhookId }: EventPayload<"registration.changed">,
  before: string | undefined,
): string | undefined {
  if (phase === "none") return undefined;
  return phase === "registered" ? webhookId : before;
}

function pathLine(event: PathEvent, registered: string | undefined): string | null {
  if (event.name === "registration.changed") {
    const { phase, webhookId, url, fault } = event.payload;
    if (phase === "registered") return `The webhook is               ${webhookId} for ${url}`;
    if (phase === "none" && registered !== undefined) return `The webhook was removed:     ${registered}`;
    return phase === "failed" && fault !== undefined ? `Not registered: ${fault.message}` : null;
  }
  const { phase, url, fault } = event.payload;
  if (phase === "open") return `The public URL is            ${url}`;
  const isLost = phase === "reconnecting" || phase === "closed" || phase === "degraded";
  return isLost && fault !== undefined ? `Webhooks may not get through: ${fault.message}` : null;
}
