import { createHmac } from "node:crypto";
import { type PayloadFacts, readPayload, readPayloadStart } from "#shared/api-video/payload.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { createRedactor } from "#shared/redaction/redact-delivery.ts";
import { decodeUtf8 } from "#shared/utf8.ts";

/** A delivery as it was kept; the path as the developer's own server knows it. */
export interface LoadedDelivery {
  readonly summary: DeliverySummary;
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}

/** A delivery as it may leave the app: what the rules name is gone from all of it. */
export interface ExportedDelivery extends LoadedDelivery, PayloadFacts {
  // The facts are read from the body as it is now: what was taken out of it must not come back by its name.
  readonly note?: string;
  /** The body is not the one that arrived. */
  readonly isBodyChanged: boolean;
}

export type ExportResult =
  | { readonly kind: "exported"; readonly delivery: ExportedDelivery }
  /** Left out, and why, in a sentence. */
  | { readonly kind: "skipped"; readonly why: string };

/** One export: the same value has the same placeholder in all of it, and in every other one of this data folder. */
export interface Export {
  add(id: string): Promise<ExportResult>;
  /** How many values each rule took out so far, in the order of the rules. */
  counts(): { rule: string; count: number }[];
}

export interface ExporterDeps {
  /** Undefined where the delivery is gone. */
  load(id: string): Promise<LoadedDelivery | undefined>;
  /** The rules of the settings. */
  rules(): readonly string[];
  /** Random, kept with the data: what placeholders are made with, so that nobody finds out the values by trying. */
  salt(): Promise<string>;
}

/** Starts an export; `moreRules` come on top of those of the settings. */
export type Exporter = (moreRules: readonly string[]) => Promise<Export>;

const FINGERPRINT_DIGITS = 8;
/** As at the capture: a longer body is not parsed to say what it is about. */
const MAX_PARSED_BYTES = 256 * 1024;

export function createExporter(deps: ExporterDeps): Exporter {
  return async (moreRules) => {
    const salt = await deps.salt();
    const fingerprint = (value: string) =>
      createHmac("sha256", salt).update(value).digest("hex").slice(0, FINGERPRINT_DIGITS);
    const redactor = createRedactor([...deps.rules(), ...moreRules], fingerprint);
    return {
      async add(id) {
        const loaded = await deps.load(id);
        if (loaded === undefined) return { kind: "skipped", why: "It is not kept any more." };
        if (loaded.summary.incomplete) return { kind: "skipped", why: "Only a part of it arrived." };
        const left = redactor.redact(loaded);
        if (left.kind === "unsure") return { kind: "skipped", why: left.why };
        const { path, headers, body } = left;
        const isBodyChanged = body !== loaded.body;
        const { summary } = loaded;
        const note = summary.note === undefined ? {} : { note: redactor.redactText(summary.note) };
        const kept = { summary, path, headers, body, isBodyChanged };
        return { kind: "exported", delivery: { ...kept, ...factsOf(body), ...note } };
      },
      counts: redactor.counts,
    };
  };
}

function factsOf(body: Uint8Array): PayloadFacts {
  return body.length <= MAX_PARSED_BYTES ? readPayload(decodeUtf8(body)) : readPayloadStart(body);
}
