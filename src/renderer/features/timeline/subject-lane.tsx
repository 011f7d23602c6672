import { ChevronRight, Film, ListRestart, ListTree, Radio, Search } from "lucide-react";
import { useMemo } from "react";
import { formatSubject, type SubjectRef } from "#shared/domain/subject.ts";
import { newRun } from "../../actions/run-actions.ts";
import { showDeliveries, showTimeline, subjectFilter } from "../../actions/timeline-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { EngineMirror } from "../../state/app-state.ts";
import { formatCount, formatPlural } from "../../theme/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { gapsWithin } from "./gaps-within.ts";
import { LaneNotes, StillToCome } from "./lane-notes.tsx";
import { LanePicture } from "./lane-picture.tsx";
import { SubjectStatus } from "./subject-status.tsx";
import { countWords, KIND_WORDS, LIVE_WORDS, lastWords, shortId } from "./subject-words.ts";
import { type LaneView, useLane } from "./use-lane.ts";

const NO_GAPS: EngineMirror["gaps"] = [];

interface Props {
  readonly subject: SubjectRef;
  /** Looked at alone, with all that is to be said of it. */
  readonly isAlone: boolean;
}

/** More marks than this are a page of their own. */
const LISTED_STEPS = 32;
const ALONE_STEPS = 200;

/** One video or live stream: what it is called, its life as a picture, and what is odd about it. */
export function SubjectLane({ subject, isAlone }: Props) {
  const app = useApp();
  const name = formatSubject(subject);
  const view = useLane(name);
  const ask = (): void => app.attempt(() => app.timeline.lookUp(subject));
  return (
    <article aria-label={`${KIND_WORDS[subject.kind]} ${shortId(subject)}`} className="grid min-w-0 gap-2">
      <LaneHeader subject={subject} view={view} isAlone={isAlone} onAsk={ask} />
      <SubjectStatus answer={view.lookup} onAsk={ask} />
      <LaneBody subject={subject} view={view} isAlone={isAlone} />
    </article>
  );
}

function LaneHeader({ subject, view, isAlone, onAsk }: Props & { view: LaneView; onAsk: () => void }) {
  const app = useApp();
  const { timeline, lookup, now } = view;
  const Icon = subject.kind === "video" ? Film : Radio;
  const title = lookup.kind === "ready" ? lookup.value.title : "";
  const name = title === "" ? KIND_WORDS[subject.kind] : <SafeText text={title} />;
  const words = timeline === null ? null : [countWords(timeline), lastWords(timeline, now)].filter(Boolean).join(" · ");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h2 className="flex min-w-0 items-center gap-2 font-semibold text-t1">
        <Icon aria-hidden="true" size={15} className="flex-none text-t3" />
        {isAlone ? (
          <span className="min-w-0 wrap-anywhere">{name}</span>
        ) : (
          <button
            type="button"
            title="Look at this one alone"
            onClick={() => showTimeline(app, subject)}
            className="flex min-h-6 min-w-6 items-center gap-1 text-left wrap-anywhere hover:underline"
          >
            {name}
            <ChevronRight aria-hidden="true" size={14} className="flex-none text-t3" />
          </button>
        )}
      </h2>
      <span className="flex min-w-0 items-center gap-1">
        <code title={subject.id} className="min-w-0 text-t2 wrap-anywhere">
          <SafeText text={isAlone ? subject.id : shortId(subject)} />
        </code>
        <CopyButton text={subject.id} label={`Copy ${KIND_WORDS[subject.kind].toLowerCase()} id`} />
      </span>
      {timeline !== null && subject.kind === "live-stream" && (
        <Badge tone={timeline.live === "live" ? "ok" : "muted"} icon={Radio}>
          {LIVE_WORDS[timeline.live]}
        </Badge>
      )}
      {words !== null && <span className="text-small text-t3 tabular-nums">{words}</span>}
      <div className="ml-auto flex flex-wrap items-center gap-1.5">
        <Button onClick={() => showDeliveries(app, subject)}>
          <ListTree aria-hidden="true" size={14} />
          {deliveriesWords(view)}
        </Button>
        <Button
          needsEngine
          title="Replay its deliveries…"
          onClick={() => newRun(app, { query: subjectFilter(subject) })}
        >
          <ListRestart aria-hidden="true" size={14} />
          Replay…
        </Button>
        <Button needsEngine disabled={lookup.kind === "loading"} onClick={onAsk}>
          <Search aria-hidden="true" size={14} />
          {lookup.kind === "ready" ? "Look up again" : <LookUpWords />}
        </Button>
      </div>
    </div>
  );
}

/** `Its 6 deliveries`, once they are counted. */
function deliveriesWords({ lane }: LaneView): string {
  if (lane.kind !== "ready") return "Its deliveries";
  return lane.value.total === 1 ? "Its delivery" : `Its ${formatCount(lane.value.total)} deliveries`;
}

/** Where it is looked up goes without saying where there is little room. */
function LookUpWords() {
  return (
    <span>
      Look up<span className="max-sm:sr-only"> at api.video</span>
    </span>
  );
}

function LaneBody({ subject, view, isAlone }: Props & { view: LaneView }) {
  const allGaps = useAppState(({ mirror }) => mirror?.gaps ?? NO_GAPS);
  const currentId = useAppState((state) => state.view.selectedId);
  const { lane, timeline, now } = view;
  const gaps = useMemo(() => (timeline === null ? [] : gapsWithin(allGaps, timeline, now)), [allGaps, timeline, now]);
  if (lane.kind === "failed") return <Notice tone="bad">{lane.message}</Notice>;
  // The height of a lane in one row: what is below must not jump.
  if (timeline === null || lane.kind !== "ready") return <div className="h-19" />;
  const maxSteps = isAlone ? ALONE_STEPS : LISTED_STEPS;
  const hidden = Math.max(0, timeline.steps.length - maxSteps) + lane.value.total - lane.value.deliveries.length;
  return (
    <>
      {hidden > 0 && <p className="text-small text-t3">{formatPlural(hidden, "earlier event")} not drawn</p>}
      {timeline.steps.length === 0 ? (
        <p className="text-small text-t3">Nothing that is kept tells of it itself.</p>
      ) : (
        <LanePicture
          timeline={timeline}
          maxSteps={maxSteps}
          gaps={gaps}
          now={now}
          label={`Events of ${KIND_WORDS[subject.kind].toLowerCase()} ${shortId(subject)}`}
          currentId={currentId}
        />
      )}
      <LaneNotes timeline={timeline} gaps={gaps} />
      <StillToCome timeline={timeline} hasReasons={isAlone} />
    </>
  );
}
