import { Zap } from "lucide-react";
import type { Attempt } from "#shared/domain/attempt.ts";
import { faultWords } from "#shared/domain/fault.ts";
import { Badge } from "../../ui/badge.tsx";

/** What was done to an attempt on purpose, so that nobody looks for the fault elsewhere; nothing where nothing was. */
export function FaultBadge({ attempt: { fault } }: { attempt: Attempt }) {
  if (fault === undefined) return null;
  return (
    <Badge tone="warn" icon={Zap}>
      {`Fault: ${faultWords(fault)}`}
    </Badge>
  );
}
