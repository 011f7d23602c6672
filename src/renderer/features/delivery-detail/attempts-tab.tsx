import clsx from "clsx";
import { Diff, Pencil } from "lucide-react";
import { useState } from "react";
import type { Attempt } from "#shared/domain/attempt.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { answerOf, openComparison } from "../../actions/compare-actions.ts";
import { runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatIso, formatMs, formatTime } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { ActionKey, useActionKey } from "../common/action-key.tsx";
import { AllowHost } from "../connection/allow-host.tsx";
import { goToSetting } from "../settings/go-to-setting.ts";
import { AnswerView } from "./answer-view.tsx";
import { FaultBadge } from "./fault-badge.tsx";
import { OutcomeBadge } from "./outcome-badge.tsx";

/** What the user's server said, each time: the newest answer beside the one before it, and all the others below. */
export function AttemptsTab({ delivery }: { delivery: DeliveryDetail }) {
  const app = useApp();
  const isReplaying = useAppState(({ view }) => view.replayingIds.includes(delivery.id));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const newestFirst = delivery.attempts.toReversed();
  if (newestFirst.length === 0 && !isReplaying) return <NoAttempts />;

  const [newest, previous] = newestFirst;
  const other = newestFirst.find(({ id }) => id === chosenId && id !== newest?.id) ?? previous;
  return (
    <div className="grid gap-4">
      {isReplaying && (
        <p role="status" className="appear-late text-t3">
          Waiting for your server's answer
        </p>
      )}
      <div className="@container">
        <div className={clsx("grid gap-3", other !== undefined && "@lg:grid-cols-2")}>
          {newest !== undefined && (
            <AnswerView attempt={newest} title={other ? "Newest answer" : "Answer"} other={other} />
          )}
          {other !== undefined && newest !== undefined && (
            <AnswerView
              attempt={other}
              title={other === previous ? "The one before" : "Earlier answer"}
              other={newest}
            />
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {newest !== undefined && other !== undefined && (
          <Button onClick={() => openComparison(app, answerOf(other), answerOf(newest))}>
            <Diff aria-hidden="true" size={14} />
            Compare these answers
          </Button>
        )}
        <EditButton />
      </div>
      {newestFirst.length > 2 && (
        <ul aria-label="All attempts" className="grid">
          {newestFirst.map((attempt) => (
            <AttemptLine
              key={attempt.id}
              attempt={attempt}
              isShown={attempt === newest || attempt === other}
              onChoose={() => setChosenId(attempt.id)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function NoAttempts() {
  const app = useApp();
  const target = useAppState(({ mirror }) => mirror?.forwarding.target ?? null);
  const hasRoutes = useAppState(({ mirror }) => mirror?.forwarding.routes !== undefined);
  if (hasRoutes) {
    return (
      <div className="grid justify-items-start gap-2">
        <p className="text-t3">
          This delivery was sent nowhere. A replay goes where the routes of now send it, and shows your server's answer.
        </p>
        <Button onClick={() => setView(app.store, { area: "forwarding" })}>See the routes</Button>
        <AllowHost />
      </div>
    );
  }
  return (
    <div className="grid justify-items-start gap-2">
      <p className="text-t3">
        {target === null
          ? "This delivery was sent nowhere. Set the address of your server, then replay it."
          : `This delivery was not sent to ${target}. Replay it to see your server's answer.`}
      </p>
      {target === null && <Button onClick={() => goToSetting(app, "forwardTo")}>Set a target</Button>}
      <AllowHost />
      <EditButton />
    </div>
  );
}

/** What one wants next, where the answer was not the one that was hoped for. */
function EditButton() {
  const app = useApp();
  const { aria } = useActionKey("delivery.edit");
  return (
    <Button needsEngine aria-keyshortcuts={aria} onClick={() => runAction(app, "delivery.edit")}>
      <Pencil aria-hidden="true" size={14} />
      Edit and send
      <ActionKey id="delivery.edit" />
    </Button>
  );
}

function AttemptLine(props: { attempt: Attempt; isShown: boolean; onChoose: () => void }) {
  const { attempt, isShown, onChoose } = props;
  return (
    <li className="border-b border-line/55 last:border-0">
      <button
        type="button"
        aria-pressed={isShown}
        onClick={onChoose}
        className={clsx(
          "flex min-h-8 w-full flex-wrap items-center gap-x-3 px-2 py-1 text-left tabular-nums hover:bg-s2",
          isShown && "bg-sel",
        )}
      >
        <time dateTime={attempt.startedAt} title={formatIso(attempt.startedAt)} className="font-mono text-code text-t3">
          {formatTime(attempt.startedAt)}
        </time>
        <OutcomeBadge attempt={attempt} />
        <FaultBadge fault={attempt.fault} />
        <span className="min-w-0 text-t3 wrap-anywhere">
          <SafeText text={[attempt.kind, attempt.targetName && `to ${attempt.targetName}`].filter(Boolean).join(" ")} />
        </span>
        <span className="ml-auto font-mono text-code text-t3">{formatMs(attempt.ms)}</span>
      </button>
    </li>
  );
}
