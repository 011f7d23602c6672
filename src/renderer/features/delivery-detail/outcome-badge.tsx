import { Check, Unplug, X } from "lucide-react";
import { type Attempt, verdictOf } from "#shared/domain/attempt.ts";
import { Badge } from "../../ui/badge.tsx";

/** The answer's status, or why there is none: shape, word and colour. */
export function OutcomeBadge({ attempt: { outcome } }: { attempt: Attempt }) {
  if (outcome.kind === "unreachable") {
    return (
      <Badge tone="bad" icon={Unplug}>
        {outcome.reason === "dropped" ? "Not sent" : `No answer: ${outcome.reason}`}
      </Badge>
    );
  }
  const isAccepted = verdictOf(outcome) === "accepted";
  return (
    <Badge tone={isAccepted ? "ok" : "bad"} icon={isAccepted ? Check : X}>
      {String(outcome.status)}
    </Badge>
  );
}
