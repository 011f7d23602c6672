import { MAX_COMPARED_BYTES } from "#shared/compare/find-changes.ts";
import type { Client } from "#shared/contract/types.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import { fromBase64 } from "../client/base64.ts";
import { toMessage } from "../client/to-message.ts";
import { answerSide, type ComparedRef, type ComparedSide, deliverySide } from "./compared-side.ts";
import type { AppStore } from "./store.ts";

/** What is fetched of a body to be compared: larger ones are not compared in detail. */
const FETCHED_BYTES = MAX_COMPARED_BYTES + 1;

/** Fetches the two sides of a comparison into the state's `compared`. */
export interface CompareLoader {
  open(before: ComparedRef, after: ComparedRef): Promise<void>;
  close(): void;
}

export function createCompareLoader({ client, store }: { client: Client; store: AppStore }): CompareLoader {
  let loads = 0;

  async function fetchSide(ref: ComparedRef): Promise<ComparedSide> {
    const id = ref.kind === "delivery" ? ref.id : ref.deliveryId;
    const delivery = await client.call("deliveries.get", { id });
    if (ref.kind === "answer") return answerSide(delivery, findAttempt(delivery, ref.attemptId));
    const { base64 } = await client.call("deliveries.body", { id, length: FETCHED_BYTES });
    return deliverySide(delivery, fromBase64(base64));
  }

  return {
    async open(before, after) {
      loads += 1;
      const mine = loads;
      store.setState({ compared: { kind: "loading" } });
      try {
        const [one, other] = await Promise.all([fetchSide(before), fetchSide(after)]);
        if (mine === loads) store.setState({ compared: { kind: "ready", value: { before: one, after: other } } });
      } catch (error) {
        if (mine === loads) store.setState({ compared: { kind: "failed", message: toMessage(error) } });
      }
    },
    close() {
      loads += 1;
      store.setState({ compared: { kind: "none" } });
    },
  };
}

function findAttempt({ attempts }: DeliveryDetail, id: string) {
  const attempt = attempts.find((candidate) => candidate.id === id);
  if (attempt === undefined) throw new AppError("delivery.not_found", "This answer is not kept any more.");
  return attempt;
}
