import clsx from "clsx";
import { RETRIES } from "#shared/api-video/retries.ts";
import type { DeliveryDetail, Try } from "#shared/domain/delivery.ts";
import { showInDetail } from "../../actions/delivery-actions.ts";
import { useApp } from "../../app-context.ts";
import { formatIso, formatMs, formatPlural, formatTime } from "../../theme/format.ts";
import { Card } from "../../ui/card.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { SourceLink } from "../common/source-link.tsx";
import { isTriesCardNeeded, nextWords } from "./tries.ts";

/** How often the sender tried to get this event across, what it was told each time, and what follows from that. */
export function TriesCard({ delivery }: { delivery: DeliveryDetail }) {
  if (!isTriesCardNeeded(delivery)) return null;
  const { tries = [delivery] } = delivery;
  return (
    <Card
      title="As api.video sees it"
      aside={tries.length > 1 ? formatPlural(tries.length, "try", "tries") : undefined}
    >
      <ol aria-label="Tries" className="grid gap-1">
        {tries.map((one, index) => (
          <TryLine key={one.id} one={one} number={index + 1} isShown={one.id === delivery.id} />
        ))}
      </ol>
      <p className="mt-2 text-t2 wrap-anywhere">{nextWords(tries)}</p>
      <p className="mt-1 text-small text-t3">
        {RETRIES.text} <SourceLink source={RETRIES.source} isShort /> A repeat carries no number: what comes again
        within a minute with the same body counts as one.
      </p>
    </Card>
  );
}

function TryLine({ one, number, isShown }: { one: Try; number: number; isShown: boolean }) {
  const app = useApp();
  const { id, receivedAt, answered } = one;
  const isAccepted = answered !== null && answered.status < 300;
  return (
    <li className="flex min-h-6 flex-wrap items-baseline gap-x-3 tabular-nums">
      <span className="w-4 text-right text-t3">{number}</span>
      <time dateTime={receivedAt} title={formatIso(receivedAt)} className="font-mono text-code text-t3">
        {formatTime(receivedAt)}
      </time>
      <span className={clsx("min-w-0 wrap-anywhere", !isAccepted && "text-bad")}>
        {answered === null ? "No answer went out" : `Answered ${answered.status}`}
        {answered?.by !== undefined && (
          <span className="text-t3">
            {answered.by.kind === "relay" ? ", as your server did" : <RuleName name={answered.by.name} />}
          </span>
        )}
      </span>
      {answered !== null && <span className="font-mono text-code text-t3">{formatMs(answered.ms)}</span>}
      <span className="ml-auto">
        {isShown ? (
          <span className="text-t3">this one</span>
        ) : (
          <button type="button" className="min-h-6 text-accent hover:underline" onClick={() => showInDetail(app, id)}>
            Show <span className="sr-only">try {number}, </span>
            {id}
          </button>
        )}
      </span>
    </li>
  );
}

function RuleName({ name }: { name: string }) {
  return (
    <>
      , by the fixed answer “<SafeText text={name} />”
    </>
  );
}
