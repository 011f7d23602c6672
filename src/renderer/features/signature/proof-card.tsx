import { Check, Minus } from "lucide-react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import { Card } from "../../ui/card.tsx";

/** What the state says of the delivery, and what must not be read into it. */
export function ProofCard({
  delivery,
  state,
}: {
  delivery: DeliveryDetail;
  state: Exclude<VerificationState, "failed">;
}) {
  const { proves, doesNot } = delivery.incomplete !== undefined && state === "unchecked" ? OF_A_PART : PROOFS[state];
  return (
    <Card title="What this proves">
      <ul className="grid gap-1.5">
        {proves.map((text) => (
          <li key={text} className="flex gap-2 text-t1">
            <Check aria-label="Proves:" size={14} className="mt-0.5 flex-none text-ok" />
            {text}
          </li>
        ))}
        {doesNot.map((text) => (
          <li key={text} className="flex gap-2">
            <Minus aria-label="Does not prove:" size={14} className="mt-0.5 flex-none text-t3" />
            {text}
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface Proof {
  readonly proves: readonly string[];
  readonly doesNot: readonly string[];
}

const OF_A_PART: Proof = {
  proves: [],
  doesNot: ["Nothing either way: the signature is over all bytes, and some of them are not here."],
};

const PROOFS: Readonly<Record<Exclude<VerificationState, "failed">, Proof>> = {
  verified: {
    proves: [
      "Whoever made the signature knows this webhook's secret: api.video, or somebody you gave it to.",
      "Every byte of the body is as it was signed.",
    ],
    doesNot: [
      "Not that it is new: there is no time in the signature, so a copy sent later is just as valid. Tell repeats by their content.",
      "Not the path, the method or the other headers: only the body is signed.",
    ],
  },
  unsigned: {
    proves: ["Nobody vouches for this request: api.video signs all of its webhooks."],
    doesNot: [
      "Not who sent it: an older recording, a test script or a stranger, for anybody who knows the URL can send this.",
    ],
  },
  unchecked: {
    proves: [],
    doesNot: [
      "Nothing either way: it is signed, and there is no secret here that could tell. It may well be genuine.",
      "Your own server decides with its own secret, and may accept what is unchecked here.",
    ],
  },
};
