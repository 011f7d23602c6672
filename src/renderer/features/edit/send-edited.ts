import type { CommandInput } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import type { App } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { isHeld } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { formatMs } from "../../theme/format.ts";
import { type Draft, type Original, toEdits, toSign } from "./draft.ts";

/** Why it was not sent, and the host that would have to be allowed, where that is the reason. */
export interface SendFailure {
  readonly kind: "failed";
  readonly message: string;
  readonly hostToAllow: string | null;
}

type Wish = CommandInput<"replay.send">;

/** Sends the draft and tells in a message what came of it; the answer is which delivery was sent, or why none was. */
export async function sendEdited(
  app: App,
  draft: Draft,
  original: Original,
): Promise<{ readonly kind: "sent"; readonly deliveryId: string } | SendFailure> {
  const target = draft.target.trim();
  try {
    const wish = {
      id: original.id,
      edits: toEdits(draft, original),
      sign: toSign(draft),
      ...(target !== "" && { target }),
    };
    const deliveryId = isHeld(app.store.getState(), original.id) ? await release(app, wish) : await replay(app, wish);
    return { kind: "sent", deliveryId };
  } catch (error) {
    const host = error instanceof AppError ? error.details["allow"] : undefined;
    return { kind: "failed", message: toMessage(error), hostToAllow: typeof host === "string" ? host : null };
  }
}

/** Shows what was sent with its attempts. */
export function showSent(app: App, deliveryId: string): void {
  setView(app.store, {
    area: "deliveries",
    selectedId: deliveryId,
    isDetailOpen: true,
    isDetailHidden: false,
    tab: "attempts",
  });
  // One that was selected already is not fetched anew by itself.
  app.attempt(app.detail.refresh);
}

async function replay(app: App, wish: Wish): Promise<string> {
  const { deliveryId, outcome, ms } = await app.client.call("replay.send", wish);
  const sent = deliveryId === wish.id ? "Sent" : `Sent as ${deliveryId}`;
  if (outcome.kind === "answered") app.toast(`${sent}: ${outcome.status} in ${formatMs(ms)}`);
  else app.toast(`Not delivered: ${outcome.message}`, { tone: "bad" });
  return deliveryId;
}

/** It waits no longer: what is sent goes in its place. */
async function release(app: App, wish: Wish): Promise<string> {
  const { sentId } = await app.client.call("hold.release", { ...wish, action: "send" });
  const deliveryId = sentId ?? wish.id;
  app.toast(deliveryId === wish.id ? `${wish.id} forwarded.` : `Sent as ${deliveryId}, in the place of ${wish.id}.`);
  return deliveryId;
}
