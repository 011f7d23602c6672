import { Check, Unplug, X } from "lucide-react";
import { type Attempt, verdictOf } from "#shared/domain/attempt.ts";
import { Badge } from "../../ui/badge.tsx";

/** The answer's status, or why there is none: shape, word and colour. What follows from a fault on demand is no failure. */
export function OutcomeBadge({ attempt: { outcome, fault } }: { attempt: Attempt }) {
  const failed = fault === undefined ? "bad" : "warn";
  if (outcome.kind === "unreachable") {
    return (
      <Badge tone={failed} icon={Unplug}>
        {outcome.reason === "dropped" ? "Not sent" : `No answer: ${outcome.reason}`}
      </Badge>
    );
  }
  const isAccepted = verdictOf(outcome) === "accepted";
  return (
    <Badge tone={isAccepted ? "ok" : failed} icon={isAccepted ? Check : X}>
      {String(outcome.status)}
    </Badge>
  );
}
