import { Zap } from "lucide-react";
import { type Fault, faultWords } from "#shared/domain/fault.ts";
import { Badge } from "../../ui/badge.tsx";

/** What was done to a sending on purpose, so that nobody looks for the fault elsewhere; nothing where nothing was. */
export function FaultBadge({ fault }: { fault: Fault | undefined }) {
  if (fault === undefined) return null;
  return (
    <Badge tone="warn" icon={Zap}>
      {`Fault: ${faultWords(fault)}`}
    </Badge>
  );
}
