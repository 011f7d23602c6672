import { Check, TriangleAlert, Zap } from "lucide-react";
import type { RunResult } from "#shared/domain/run.ts";
import { Badge } from "../../ui/badge.tsx";
import { FaultBadge } from "../delivery-detail/fault-badge.tsx";
import { copyWords } from "./result-words.ts";

/** In a run with a fault: what was done to this sending, which of its delivery it is, and whether the answer is right. */
export function ResultMarks({ result }: { result: RunResult }) {
  const { fault, isExpected } = result;
  const copy = copyWords(result);
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {fault !== undefined && (
        <>
          <span className="flex max-sm:hidden">
            <FaultBadge fault={fault} />
          </span>
          {/* Where there is no room for it, the run's summary says what it is. */}
          <span className="flex sm:hidden">
            <Badge tone="warn" icon={Zap}>
              Fault
            </Badge>
          </span>
        </>
      )}
      {copy !== null && (
        <span className="text-small whitespace-nowrap text-t2 tabular-nums">
          <span className="max-sm:sr-only">Sending </span>
          {copy}
        </span>
      )}
      {isExpected !== null && (
        <Badge tone={isExpected ? "ok" : "bad"} icon={isExpected ? Check : TriangleAlert}>
          {isExpected ? "As it should be" : "Not as it should be"}
        </Badge>
      )}
    </span>
  );
}
