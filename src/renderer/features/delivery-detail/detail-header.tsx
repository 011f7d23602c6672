import { Ellipsis, Pin, PinOff, RotateCw, StickyNote, Trash2, TriangleAlert } from "lucide-react";
import { type ReactNode, Suspense } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { openMenuBelow } from "../../actions/delivery-menu.ts";
import { needsEngine, runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { lazyPart } from "../../lazy-part.tsx";
import { setView } from "../../state/store.ts";
import { formatBytes, formatIso, formatTime } from "../../theme/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { ActionKey, useActionKey } from "../common/action-key.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { INCOMPLETE_WORDS, SOURCE_WORDS, titleOf } from "../common/delivery-words.ts";
import { VerificationBadge } from "../common/verification-badge.tsx";
import { latenessOf, latenessWords } from "./lateness.ts";
import { NoteLine } from "./note-line.tsx";

const HeldNotice = lazyPart(async () => (await import("../hold/held-notice.tsx")).HeldNotice);

/** What this delivery is and what can be done with it: in sight whatever tab is open. */
export function DetailHeader({ delivery, back }: { delivery: DeliveryDetail; back: ReactNode }) {
  const app = useApp();
  const replayKey = useActionKey("delivery.replay");
  const isReplaying = useAppState(({ view }) => view.replayingIds.includes(delivery.id));
  const held = useAppState(({ mirror }) => mirror?.hold.held.find(({ deliveryId }) => deliveryId === delivery.id));
  return (
    <div className="px-4 pt-2 sm:px-5 sm:pt-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        {back}
        {/* In a narrow window all buttons share the first line. */}
        <div className="contents max-sm:order-last max-sm:flex max-sm:w-full max-sm:flex-wrap max-sm:items-center max-sm:gap-x-2.5">
          <h1 title={titleOf(delivery)} className="line-clamp-2 min-w-0 text-title font-[650] text-t1 wrap-anywhere">
            <SafeText text={titleOf(delivery)} />
          </h1>
          <VerificationBadge state={delivery.verification.state} />
          {delivery.incomplete !== undefined && (
            <Badge tone="warn" icon={TriangleAlert}>
              {`Incomplete: ${INCOMPLETE_WORDS[delivery.incomplete].word}`}
            </Badge>
          )}
        </div>
        <div className="ml-auto flex items-center gap-1.5 max-sm:gap-1">
          <ActionIcon id="delivery.pin" label={delivery.pinned ? "Unpin" : "Pin"}>
            {delivery.pinned ? <PinOff aria-hidden="true" size={15} /> : <Pin aria-hidden="true" size={15} />}
          </ActionIcon>
          <ActionIcon id="delivery.note" label="Note">
            <StickyNote aria-hidden="true" size={15} />
          </ActionIcon>
          <ActionIcon id="delivery.delete" label="Delete">
            <Trash2 aria-hidden="true" size={15} />
          </ActionIcon>
          <MoreButton />
          <Button
            look="primary"
            needsEngine
            className="max-sm:px-2"
            disabled={isReplaying}
            aria-keyshortcuts={replayKey.aria}
            onClick={() => runAction(app, "delivery.replay")}
          >
            <RotateCw aria-hidden="true" size={14} />
            {held === undefined ? "Replay" : "Forward"}
            <ActionKey id="delivery.replay" className="max-xl:hidden" />
          </Button>
        </div>
      </div>
      <Facts delivery={delivery} />
      {held !== undefined && (
        <Suspense fallback={null}>
          <HeldNotice held={held} />
        </Suspense>
      )}
      <NoteLine key={delivery.id} delivery={delivery} />
    </div>
  );
}

/** A button of an action that its icon says; the key in force stands in its tooltip. */
function ActionIcon({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  const app = useApp();
  const { words, aria } = useActionKey(id);
  return (
    <IconButton
      label={words === undefined ? label : `${label} (${words})`}
      needsEngine={needsEngine(id)}
      aria-keyshortcuts={aria}
      onClick={() => runAction(app, id)}
    >
      {children}
    </IconButton>
  );
}

/** All that can be done with the delivery, as on a click with the other mouse button in the list. */
function MoreButton() {
  const app = useApp();
  const isOpen = useAppState(({ view }) => view.menu !== null);
  return (
    <IconButton
      label="More"
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onClick={(event) => openMenuBelow(app, event.currentTarget, event.detail === 0)}
    >
      <Ellipsis aria-hidden="true" size={15} />
    </IconButton>
  );
}

function Facts({ delivery }: { delivery: DeliveryDetail }) {
  const { subject, source } = delivery;
  // What was made here says of its origin when that was emitted.
  const emitted = source === "edited" ? null : latenessWords(latenessOf(delivery));
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3.5 gap-y-0.5 text-t3 max-sm:mt-0 max-sm:gap-y-0">
      {delivery.type !== null && (
        <code className="text-t2 wrap-anywhere">
          <SafeText text={delivery.type} />
        </code>
      )}
      <SubjectId label="video" id={subject.videoId} />
      <SubjectId label="live stream" id={subject.liveStreamId} />
      <span title={formatIso(delivery.receivedAt)}>
        {formatTime(delivery.receivedAt)}
        {/* The Overview says it in words. */}
        {emitted !== null && <span className="max-sm:hidden">{` · ${emitted}`}</span>}
      </span>
      <span>{formatBytes(delivery.bodyBytes)}</span>
      {source !== "received" && (
        <span>
          {SOURCE_WORDS[source]}
          {delivery.originId !== undefined && <Origin id={delivery.originId} />}
        </span>
      )}
      {delivery.duplicateOf !== undefined && <span>a repeat of an earlier delivery</span>}
    </div>
  );
}

/** Leads to the delivery that this one was made from; one that is gone says so itself. */
function Origin({ id }: { id: string }) {
  const app = useApp();
  return (
    <>
      {" from "}
      <button
        type="button"
        className="-my-1 min-h-6 min-w-6 rounded-sm text-accent underline underline-offset-2"
        onClick={() => setView(app.store, { selectedId: id })}
      >
        {id}
      </button>
    </>
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
