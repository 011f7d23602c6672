import type { ReplayPreview, ReplaySign } from "#shared/contract/replay-commands.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { headerValue, SIGNATURE_HEADER, WEBHOOK_ID_HEADER } from "#shared/domain/headers.ts";
import type { RequestEdits } from "#shared/domain/request-edits.ts";
import { AppError } from "#shared/errors.ts";
import { factsOf, toSummary } from "./capture.ts";
import type { Clock } from "./lib/clock.ts";
import { signBody } from "./lib/sign-body.ts";
import { targetUrl } from "./lib/target-url.ts";
import { signaturesOf } from "./recheck.ts";
import { editRequest, isSameRequest, withSignature } from "./replay/edit-request.ts";
import { type Change, incomplete } from "./replay/replayer.ts";
import type { StoredRequest } from "./replay/sender.ts";
import type { Appended } from "./store/append-queue.ts";
import type { NewDelivery } from "./store/stored-delivery.ts";
import { checkExact } from "./verification/check-exact.ts";
import { type KnownSecrets, signingSecret } from "./verification/known-secrets.ts";
import { verify } from "./verification/verify.ts";

export interface EditingDeps {
  readonly clock: Clock;
  readonly secrets: KnownSecrets;
  /** As it is sent again; undefined where the delivery is gone. */
  load(id: string): Promise<StoredRequest | undefined>;
  append(delivery: NewDelivery): Promise<Appended>;
  publish(summary: DeliverySummary): void;
  /** Where a replay of this delivery to this target goes first; null for nowhere, or what cannot be read. */
  urlOf(id: string, target: string | undefined): Promise<URL | null>;
}

/** How a delivery is to be changed before it is sent. */
export interface Wish {
  readonly edits: RequestEdits;
  readonly sign: ReplaySign;
}

/** Deliveries that the user changes and signs anew. The original never changes. */
export interface Editing {
  /**
   * What a replay of this delivery sends instead of it, kept as a new delivery whose origin it is; undefined where
   * nothing is wished. Applying it throws AppError `replay.no_secret` where it cannot be signed as wished.
   */
  change(id: string, wish: Wish): Change | undefined;
  /** What would be sent, and what would come of its check. Throws AppError `delivery.not_found`. */
  preview(id: string, wish: Wish, target?: string): Promise<ReplayPreview>;
}

export function createEditing(deps: EditingDeps): Editing {
  const { clock, secrets } = deps;

  function apply(stored: StoredRequest, { edits, sign }: Wish): StoredRequest {
    const edited = editRequest(stored, edits);
    if (sign !== "keep") return withSignature(edited, signBody(Buffer.from(edited.body), secretFor(sign, edited)));
    return isSameRequest(edited, stored) ? stored : edited;
  }

  function secretFor(sign: Exclude<ReplaySign, "keep">, edited: StoredRequest): string {
    if (sign !== "webhook") return sign.secret;
    const webhookId = headerValue(edited.headers, WEBHOOK_ID_HEADER);
    const found = signingSecret(webhookId, secrets);
    if (found === undefined) throw noSecret(webhookId);
    return found.secret;
  }

  async function keep(originId: string, { method, path, headers, body }: StoredRequest): Promise<string> {
    const now = clock.now();
    const webhookId = headerValue(headers, WEBHOOK_ID_HEADER);
    const bytes = Buffer.from(body);
    const verification = verify({ signatures: signaturesOf(headers), webhookId, body }, secrets);
    const delivery: NewDelivery = {
      ...{ receivedAt: now, lastByteAt: now, verifiedAt: clock.now() },
      ...factsOf({ body: bytes }),
      ...{ source: "edited", originId, method, path, verification, body: bytes },
      ...(webhookId && { webhookId }),
      // It came from nobody, so nobody is answered.
      status: null,
      rawHeaders: headers.flat(),
    };
    const stored = await deps.append(delivery);
    stored.answered(null);
    deps.publish(toSummary(delivery, stored, null));
    return stored.id;
  }

  return {
    change(id, wish) {
      if (wish.sign === "keep" && Object.keys(wish.edits).length === 0) return undefined;
      return { apply: (stored) => apply(stored, wish), keep: (changed) => keep(id, changed) };
    },
    async preview(id, wish, target) {
      const stored = await deps.load(id);
      if (stored === undefined) throw new AppError("delivery.not_found", `Delivery ${id} is gone.`);
      const { request, problem } = tryApply(id, stored, wish);
      const { method, path, headers, body } = request;
      const claim = { signatures: signaturesOf(headers), webhookId: headerValue(headers, WEBHOOK_ID_HEADER), body };
      const verification = request.isIncomplete ? { state: "unchecked" as const } : verify(claim, secrets);
      const url = await deps.urlOf(id, target);
      return {
        ...{ method, path, headers: [...headers], bodyBytes: body.length, isEdited: request !== stored, verification },
        signature: headerValue(headers, SIGNATURE_HEADER) ?? null,
        secretOf: checkExact(claim, secrets).fitting?.of ?? null,
        url: url === null ? null : targetUrl(url, path).href,
        ...(problem && { problem: { code: problem.code, message: problem.message } }),
      };
    },
  };

  function tryApply(id: string, stored: StoredRequest, wish: Wish): { request: StoredRequest; problem?: AppError } {
    try {
      const request = apply(stored, wish);
      return { request, ...(request.isIncomplete && { problem: incomplete(id) }) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Without the signature that cannot be made, the rest can still be told.
      return { request: apply(stored, { ...wish, sign: "keep" }), problem: error };
    }
  }
}

/** Ids are text of whoever sent the delivery. */
const MAX_SHOWN_ID = 80;

function noSecret(webhookId: string | undefined): AppError {
  if (webhookId) {
    const named = webhookId.slice(0, MAX_SHOWN_ID);
    return new AppError(
      "replay.no_secret",
      `No secret of the webhook ${named} is known here, so nothing can be signed with it. Add it under Webhooks, give another secret, or keep the signature as it is.`,
    );
  }
  return new AppError(
    "replay.no_secret",
    "The headers do not say of which webhook the secret is. Add X-Api-Video-WebhookID, give another secret, or keep the signature as it is.",
  );
}
