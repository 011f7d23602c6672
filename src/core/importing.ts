import { hash } from "node:crypto";
import { type ImportFormat, MAX_IMPORTED_DELIVERIES } from "#shared/contract/import-commands.ts";
import type { CommandOutput } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { headerValue, WEBHOOK_ID_HEADER } from "#shared/domain/headers.ts";
import { AppError } from "#shared/errors.ts";
import { isPlaceholder } from "#shared/redaction/placeholder.ts";
import { factsOf, toSummary } from "./capture.ts";
import type { ImportedRequest, ImportFile, Reading } from "./import/imported-request.ts";
import { readHar } from "./import/read-har.ts";
import { readJsonl } from "./import/read-jsonl.ts";
import type { Clock } from "./lib/clock.ts";
import { signaturesOf } from "./recheck.ts";
import type { Store } from "./store/store.ts";
import type { NewDelivery } from "./store/stored-delivery.ts";
import type { SameBody, StoredTwin } from "./store/twin-table.ts";
import type { KnownSecrets } from "./verification/known-secrets.ts";
import { verify } from "./verification/verify.ts";

export interface ImportingDeps {
  readonly clock: Clock;
  readonly secrets: KnownSecrets;
  readonly store: Pick<Store, "append" | "setNote" | "sameBodies">;
  publish(summary: DeliverySummary): void;
  /** The path as the developer's own server knows it, which is how it was exported. */
  toPath(path: string): string;
}

export type Imported = CommandOutput<"import.read">;

/**
 * Deliveries from files. Each becomes a new one, told of as imported; it came from nobody, so nothing that follows an
 * arrival follows it: no answer, no forward, no question to api.video.
 */
export interface Importing {
  /** Throws AppError `input.invalid` for what is no file of this format, and `store.*` where nothing more can be kept. */
  read(format: ImportFormat, text: string): Promise<Imported>;
}

const READERS: Readonly<Record<ImportFormat, (text: string) => ImportFile>> = { har: readHar, jsonl: readJsonl };

/** What is looked up and written at a time: deliveries that arrive meanwhile go between. */
const PART = 16;
const PART_BYTES = 4 * 1024 * 1024;
/** api.video has had webhooks for some years only, and clocks differ by hours at most. */
const EARLIEST = Date.UTC(2000, 0);
const AHEAD_MS = 24 * 60 * 60_000;

type RequestReading = Extract<Reading, { kind: "request" }>;

export function createImporting({ clock, secrets, store, publish, toPath }: ImportingDeps): Importing {
  async function keep(request: ImportedRequest): Promise<DeliverySummary> {
    const { note, answered } = request;
    const delivery = toDelivery(request);
    const answeredAt = answered === null ? null : delivery.receivedAt + answered.ms;
    const stored = await store.append(delivery);
    stored.answered(answeredAt);
    if (note !== null) await store.setNote(stored.id, note);
    return { ...toSummary(delivery, stored, answeredAt), ...(note !== null && { note }) };
  }

  function toDelivery({ method, path, headers, body, answered, ...request }: ImportedRequest): NewDelivery {
    const webhookId = headerValue(headers, WEBHOOK_ID_HEADER);
    const receivedAt = toArrival(request.receivedAt, clock.now());
    return {
      ...{ receivedAt, lastByteAt: receivedAt, verifiedAt: receivedAt, ...factsOf({ body }) },
      verification: verify({ signatures: signaturesOf(headers), webhookId, body }, secrets),
      ...{ source: "imported", method, path, body, rawHeaders: headers.flat(), status: answered?.status ?? null },
      ...(webhookId && { webhookId }),
    };
  }

  async function keepAll(part: readonly RequestReading[], seen: Set<string>, imported: Imported): Promise<void> {
    const twins = await store.sameBodies(part.map(({ request }) => toSameBody(request)));
    const isNew = part.filter(({ number, request }, index) => {
      // Each delivery stands for one of a file: that has two of them where two came.
      const twin = twins[index]?.find(
        (one) => !seen.has(one.id) && toPath(one.path) === toPath(request.path) && isSame(one, request),
      );
      if (twin === undefined) return true;
      seen.add(twin.id);
      imported.alreadyHere.push({ number, id: twin.id });
      return false;
    });
    const outcomes = await Promise.allSettled(isNew.map(({ request }) => keep(request)));
    // In the order of their ids, whichever took longer; what is here is told of also where the disk was full for others.
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") continue;
      publish(outcome.value);
      seen.add(outcome.value.id);
      imported.ids.push(outcome.value.id);
      imported.imported += 1;
    }
    const failed = outcomes.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }

  return {
    async read(format, text) {
      const { total, readings } = READERS[format](text);
      if (total > MAX_IMPORTED_DELIVERIES) throw tooMany(total);
      const imported: Imported = { imported: 0, ids: [], skipped: [], alreadyHere: [], ignored: 0 };
      const seen = new Set<string>();
      for (const part of inParts(readings)) {
        for (const one of part) {
          if (one.kind === "broken") imported.skipped.push({ number: one.number, why: one.why });
          if (one.kind === "ignored") imported.ignored += 1;
        }
        await keepAll(
          part.filter((one) => one.kind === "request"),
          seen,
          imported,
        );
      }
      return imported;
    },
  };
}

/** Without a time, nobody can say which one it is: none came before there were webhooks. */
function toSameBody({ receivedAt, body }: ImportedRequest): SameBody {
  return { receivedAt: receivedAt ?? 0, bodySha256: hash("sha256", body, "hex") };
}

function* inParts(readings: Iterable<Reading>): Generator<Reading[]> {
  let part: Reading[] = [];
  let bytes = 0;
  for (const reading of readings) {
    part.push(reading);
    bytes += reading.kind === "request" ? reading.request.body.length : 0;
    if (part.length < PART && bytes < PART_BYTES) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  yield part;
}

/** The time of the file where it can be one at which a webhook came; else that of the import. */
function toArrival(at: number | null, now: number): number {
  return at !== null && at >= EARLIEST && at <= now + AHEAD_MS ? at : now;
}

/** But for its path. Headers of which a value was taken out on the way are the same still. */
function isSame(stored: StoredTwin, { method, headers }: ImportedRequest): boolean {
  return (
    stored.method === method &&
    stored.headers.length === headers.length &&
    stored.headers.every(([name, value], index) => {
      const [otherName, otherValue = ""] = headers[index] ?? [];
      return otherName === name && (otherValue === value || isPlaceholder(otherValue));
    })
  );
}

function tooMany(total: number): AppError {
  return new AppError(
    "input.invalid",
    `These are ${total} lines or entries; ${MAX_IMPORTED_DELIVERIES} can be imported at once. Send them in parts.`,
  );
}
