import type { EventEnvelope } from "#shared/contract/types.ts";
import type { Engine } from "../../engine.ts";
import { printLine } from "./format.ts";

/** One line each time that the public URL or the webhook changes: they follow after the rest is ready. */
export function tellOfPath(engine: Engine): void {
  let told = "";
  engine.events.subscribe((event) => {
    const line = event.name === "tunnel.changed" || event.name === "registration.changed" ? pathLine(event) : null;
    if (line === null || line === told) return;
    told = line;
    printLine(line);
  });
}

function pathLine(event: Extract<EventEnvelope, { name: "tunnel.changed" | "registration.changed" }>): string | null {
  if (event.name === "registration.changed") {
    const { phase, webhookId, url, fault } = event.payload;
    if (phase === "registered") return `The webhook is               ${webhookId} for ${url}`;
    return phase === "failed" && fault !== undefined ? `Not registered: ${fault.message}` : null;
  }
  const { phase, url, fault } = event.payload;
  if (phase === "open") return `The public URL is            ${url}`;
  const isLost = phase === "reconnecting" || phase === "closed" || phase === "degraded";
  return isLost && fault !== undefined ? `Webhooks may not get through: ${fault.message}` : null;
}
