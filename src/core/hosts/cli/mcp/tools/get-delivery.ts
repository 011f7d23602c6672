import * as z from "zod";
import { commands } from "#shared/contract/commands.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import { DeliveryDetail } from "#shared/domain/delivery.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { Diagnosis } from "#shared/domain/verification.ts";
import { BodyPart, MAX_BODY_BYTES, partWords, toBodyPart } from "../body-part.ts";
import { AttemptFacts, attemptFacts, DeliveryFacts, detailFacts } from "../delivery-facts.ts";
import { defineTool } from "../tool.ts";
import { seenLine } from "../untrusted.ts";
import { withoutCredentials } from "../without-credentials.ts";

const { input, summary } = commands["deliveries.get"];

/** Of the newest: an agent looks at what happened last. */
const MAX_ATTEMPTS = 10;
const MAX_HEADERS = 40;
const MAX_HEADER_CHARS = 200;

export const getDelivery = defineTool({
  name: "get_delivery",
  title: "Show one captured webhook",
  description: `${summary}, and the first ${MAX_BODY_BYTES} bytes of its body. Use it before you write or mend a handler, to see what exactly arrived and how the developer's server answered; read_body has longer bodies, and the answers' bodies.`,
  uses: ["deliveries.get", "deliveries.body"],
  needs: "history",
  hasCaptured: true,
  input: z.strictObject(input.shape),
  facts: z.object({
    delivery: DeliveryFacts.extend(DeliveryDetail.pick({ bodySha256: true, timings: true }).shape),
    diagnosis: Diagnosis.pick({ title: true, advice: true }),
    /** The last ones, oldest first; `delivery.attempts` says how many there are. */
    attempts: z.array(AttemptFacts),
    body: BodyPart,
  }),
  async run({ id }, { call }) {
    const [delivery, { base64, totalBytes }] = await Promise.all([
      call("deliveries.get", { id }),
      call("deliveries.body", { id, length: MAX_BODY_BYTES }),
    ]);
    const { part, shown } = toBodyPart(Buffer.from(base64, "base64"), { offset: 0, totalBytes });
    const { bodySha256, timings, diagnosis } = delivery;
    const attempts = delivery.attempts.slice(-MAX_ATTEMPTS);
    return {
      facts: {
        delivery: { ...detailFacts(delivery), bodySha256, timings },
        diagnosis,
        attempts: attempts.map(attemptFacts),
        body: part,
      },
      captured: [...headLines(delivery), ...attempts.flatMap(troubleLines), "", partWords(part), shown],
    };
  },
});

/** The request as it came, and what its body says it is about. */
function headLines(delivery: DeliveryDetail): string[] {
  const { method, path, type, detail, subject, note, headers } = delivery;
  const said = { type: type ?? undefined, detail, ...subject, note };
  return [
    seenLine(`${method} ${path}`, 2_000),
    ...headerLines(headers),
    "",
    ...Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [seenLine(`${name}: ${value}`)])),
  ];
}

/** Headers, each on a line, as many as anybody reads, without what lets somebody in. */
export function headerLines(headers: HeaderPairs): string[] {
  const shown = withoutCredentials(headers).slice(0, MAX_HEADERS);
  const lines = shown.map(([name, value]) => seenLine(`${name}: ${value}`, MAX_HEADER_CHARS));
  return headers.length > MAX_HEADERS ? [...lines, `[${headers.length - MAX_HEADERS} more headers]`] : lines;
}

/** Why an attempt had no answer, in words that may repeat what the other side said. */
function troubleLines({ id, outcome }: Attempt): string[] {
  return outcome.kind === "unreachable" ? [seenLine(`attempt ${id}: ${outcome.message}`)] : [];
}
