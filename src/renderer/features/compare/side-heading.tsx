import type { ComparedSide } from "../../state/compared-side.ts";
import { formatIso, formatTime } from "../../theme/format.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { titleOf } from "../common/delivery-words.ts";
import { VerificationBadge } from "../common/verification-badge.tsx";
import { FaultBadge } from "../delivery-detail/fault-badge.tsx";
import { OutcomeBadge } from "../delivery-detail/outcome-badge.tsx";

/** Which delivery, or which answer, stands on this side. */
export function SideHeading({ label, side }: { label: string; side: ComparedSide }) {
  const { delivery, attempt } = side;
  const at = attempt?.startedAt ?? delivery.receivedAt;
  return (
    <div className="grid min-w-0 gap-0.5 rounded-md border border-line bg-s0 px-3 py-2">
      <p className="text-small text-t3">
        {label}
        {attempt !== null && `: your server's answer to the ${attempt.kind}`}
      </p>
      <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <b className="min-w-0 wrap-anywhere">
          <SafeText text={titleOf(delivery)} />
        </b>
        {attempt === null ? (
          <VerificationBadge state={delivery.verification.state} />
        ) : (
          <>
            <OutcomeBadge attempt={attempt} />
            <FaultBadge fault={attempt.fault} />
          </>
        )}
      </p>
      <p className="font-mono text-code text-t3">
        {delivery.id} ·{" "}
        <time dateTime={at} title={formatIso(at)}>
          {formatTime(at)}
        </time>
      </p>
    </div>
  );
}
