import { Pin, PinOff, RotateCw, Trash2, TriangleAlert } from "lucide-react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatBytes, formatIso, formatMs, formatTime } from "../../theme/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { INCOMPLETE_WORDS, SOURCE_WORDS, titleOf } from "../common/delivery-words.ts";
import { VerificationBadge } from "../common/verification-badge.tsx";

/** What this delivery is and what can be done with it: in sight whatever tab is open. */
export function DetailHeader({ delivery }: { delivery: DeliveryDetail }) {
  const app = useApp();
  const isReplaying = useAppState(({ view }) => view.replayingIds.includes(delivery.id));
  return (
    <div className="px-4 pt-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
        <h1 className="min-w-0 text-title font-[650] text-t1 wrap-anywhere">
          <SafeText text={titleOf(delivery)} />
        </h1>
        <VerificationBadge state={delivery.verification.state} />
        {delivery.incomplete !== undefined && (
          <Badge tone="warn" icon={TriangleAlert}>
            {`Incomplete: ${INCOMPLETE_WORDS[delivery.incomplete].word}`}
          </Badge>
        )}
        <div className="ml-auto flex items-center gap-1.5">
          <IconButton label={delivery.pinned ? "Unpin (p)" : "Pin (p)"} onClick={() => runAction(app, "delivery.pin")}>
            {delivery.pinned ? <PinOff aria-hidden="true" size={15} /> : <Pin aria-hidden="true" size={15} />}
          </IconButton>
          <IconButton label="Delete (Del)" onClick={() => runAction(app, "delivery.delete")}>
            <Trash2 aria-hidden="true" size={15} />
          </IconButton>
          <Button
            look="primary"
            disabled={isReplaying}
            aria-keyshortcuts="r"
            onClick={() => runAction(app, "delivery.replay")}
          >
            <RotateCw aria-hidden="true" size={14} />
            {isReplaying ? "Replaying" : "Replay"}
            <Kbd className="max-sm:hidden">r</Kbd>
          </Button>
        </div>
      </div>
      <Facts delivery={delivery} />
    </div>
  );
}

function Facts({ delivery }: { delivery: DeliveryDetail }) {
  const { subject, source } = delivery;
  const emitted = emittedWords(delivery);
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3.5 gap-y-0.5 text-t3">
      {delivery.type !== null && (
        <code className="text-t2 wrap-anywhere">
          <SafeText text={delivery.type} />
        </code>
      )}
      <SubjectId label="video" id={subject.videoId} />
      <SubjectId label="live stream" id={subject.liveStreamId} />
      <span title={formatIso(delivery.receivedAt)}>
        {formatTime(delivery.receivedAt)}
        {emitted !== null && ` · ${emitted}`}
      </span>
      <span>{formatBytes(delivery.bodyBytes)}</span>
      {source !== "received" && <span>{SOURCE_WORDS[source]}</span>}
      {delivery.duplicateOf !== undefined && <span>a repeat of an earlier delivery</span>}
    </div>
  );
}

function SubjectId({ label, id }: { label: string; id: string | undefined }) {
  if (id === undefined) return null;
  return (
    <span className="flex min-w-0 items-center gap-1">
      {label}
      <code className="min-w-0 text-t2 wrap-anywhere">
        <SafeText text={id} />
      </code>
      <CopyButton text={id} label={`Copy ${label} id`} />
    </span>
  );
}

/** How long it took from api.video's clock to ours; null where the sender's time makes no sense of it. */
function emittedWords({ emittedAt, receivedAt }: DeliveryDetail): string | null {
  const ms = emittedAt === undefined ? Number.NaN : Date.parse(receivedAt) - Date.parse(emittedAt);
  return ms >= 0 ? `${formatMs(ms)} after it was emitted` : null;
}
