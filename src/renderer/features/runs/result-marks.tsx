import { Check, TriangleAlert, Zap } from "lucide-react";
import type { RunOptions, RunResult } from "#shared/domain/run.ts";
import { Badge } from "../../ui/badge.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { FaultBadge } from "../delivery-detail/fault-badge.tsx";
import { copyWords } from "./result-words.ts";

/** What a run says of a sending besides: where the routes sent it, and what its fault did. */
export function ResultMarks({ result, options }: { result: RunResult; options: RunOptions }) {
  return (
    <span className="grid min-w-0 gap-1">
      {options.target === null && <Destination result={result} />}
      {options.fault !== undefined && <FaultMarks result={result} />}
    </span>
  );
}

function Destination({ result: { target, route } }: { result: RunResult }) {
  return (
    <span className="min-w-0 truncate text-small text-t2">
      to <SafeText text={target} dir="ltr" />
      {route !== undefined && (
        <span className="text-t3">
          {" "}
          by “<SafeText text={route} />”
        </span>
      )}
    </span>
  );
}

/** What was done to this sending, which of its delivery it is, and whether the answer is right. */
function FaultMarks({ result }: { result: RunResult }) {
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
