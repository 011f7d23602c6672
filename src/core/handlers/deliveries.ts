import type { DeliverySummary, Try } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import type { EventBus } from "../event-bus.ts";
import { signaturesOf } from "../recheck.ts";
import type { Handlers } from "../router.ts";
import type { Secrets } from "../secrets/secrets.ts";
import type { Store } from "../store/store.ts";
import { diagnose, diagnoseIncomplete } from "../verification/diagnose.ts";
import { onlySecret } from "../verification/known-secrets.ts";

type DeliveryCommands =
  | "deliveries.list"
  | "deliveries.activity"
  | "deliveries.get"
  | "deliveries.body"
  | "deliveries.delete"
  | "deliveries.restore"
  | "deliveries.clear"
  | "deliveries.pin"
  | "deliveries.note"
  | "verification.explain";

export function deliveryHandlers(deps: {
  store: Store;
  secrets: Secrets;
  events: EventBus;
}): Pick<Handlers, DeliveryCommands> {
  const { store, secrets, events } = deps;

  async function explain(id: string, secret?: string) {
    const [found, content] = await Promise.all([store.get(id), store.content(id)]);
    if (found === undefined || content === undefined) throw notFound(id);
    const { webhookId } = found.summary;
    const claim = { signatures: signaturesOf(found.headers), webhookId, body: content.body };
    const known = secret === undefined ? secrets : onlySecret(secret, webhookId);
    const isWhole = found.summary.incomplete === undefined;
    return { found, diagnosis: isWhole ? diagnose(claim, known) : diagnoseIncomplete(claim) };
  }

  return {
    async "deliveries.list"({ query, limit, ...place }) {
      // Read before the page: what arrives in between comes again as an event, which is better than not at all.
      const { seq } = events;
      return { ...(await store.list(query, place, limit)), seq };
    },
    async "deliveries.activity"({ from, to, buckets }) {
      const found = await store.activity(from === undefined ? null : Date.parse(from), Date.parse(to), buckets);
      const { counts, oldest, newest } = found;
      return { from: toIso(found.from), to: toIso(found.to), buckets: [...counts], oldest, newest };
    },
    async "deliveries.get"({ id }) {
      const [{ found, diagnosis }, tries] = await Promise.all([explain(id), store.tries(id)]);
      const { summary, attempts, ...rest } = found;
      return { ...summary, ...rest, attempts, ...(tries.length > 1 && { tries: tries.map(toTry) }), diagnosis };
    },
    async "deliveries.body"({ id, offset, length }) {
      const range = (await store.bodyRange(id, offset, length ?? null)) ?? raise(notFound(id));
      return { base64: Buffer.from(range.bytes).toString("base64"), totalBytes: range.totalBytes };
    },
    async "deliveries.delete"({ ids }) {
      const gone = await store.hide(ids);
      if (gone.length > 0) events.publish("delivery.removed", { ids: gone });
      return { deleted: gone.length };
    },
    async "deliveries.restore"({ ids }) {
      const back = await store.restore(ids);
      for (const id of back) {
        const summary = await store.summary(id);
        if (summary !== undefined) events.publish("delivery.updated", summary);
      }
      return { restored: back.length };
    },
    async "deliveries.clear"() {
      const deleted = await store.clear();
      events.publish("delivery.removed", { ids: null });
      return { deleted };
    },
    async "deliveries.pin"({ id, pinned }) {
      return announce((await store.setPinned(id, pinned)) ?? raise(notFound(id)));
    },
    async "deliveries.note"({ id, note }) {
      return announce((await store.setNote(id, note)) ?? raise(notFound(id)));
    },
    async "verification.explain"({ id, secret }) {
      return (await explain(id, secret)).diagnosis;
    },
  };

  function announce<T extends Parameters<typeof events.publish<"delivery.updated">>[1]>(summary: T): T {
    events.publish("delivery.updated", summary);
    return summary;
  }
}

function toTry({ id, receivedAt, answered, incomplete }: DeliverySummary): Try {
  return { id, receivedAt, answered, ...(incomplete && { incomplete }) };
}

function toIso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function notFound(id: string): AppError {
  return new AppError("delivery.not_found", `There is no delivery ${JSON.stringify(id)} (any more).`, {
    details: { id },
  });
}

function raise(error: AppError): never {
  throw error;
}
