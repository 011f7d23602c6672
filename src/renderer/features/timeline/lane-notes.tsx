import { Unplug } from "lucide-react";
import type { Gap } from "#shared/domain/gap.ts";
import type { Certainty, ExpectedStep } from "#shared/domain/still-to-come.ts";
import type { SubjectTimeline } from "#shared/domain/subject-timeline.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { gapMeaning, gapTitle } from "../common/gap-words.ts";
import { FLAG_ICONS, FLAG_TONES } from "./lane-mark.tsx";
import { certaintyTitle, countFlag, expectedTitle, FLAG_WORDS, FLAGS } from "./step-words.ts";

/** What the marks' signs mean, as far as they occur, and where the path was down. */
export function LaneNotes({ timeline, gaps }: { timeline: SubjectTimeline; gaps: readonly Gap[] }) {
  const counts = FLAGS.map((flag) => ({
    flag,
    count: timeline.steps.filter(({ flags }) => flags.includes(flag)).length,
  })).filter(({ count }) => count > 0);
  if (counts.length === 0 && gaps.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-small text-t2">
      {counts.map(({ flag, count }) => {
        const Icon = FLAG_ICONS[flag];
        return (
          <li key={flag} title={FLAG_WORDS[flag].meaning} className="flex items-center gap-1">
            <Icon aria-hidden="true" size={13} strokeWidth={2.4} className={FLAG_TONES[flag]} />
            {countFlag(flag, count)}
          </li>
        );
      })}
      {gaps.map((gap) => (
        <li key={gap.id} className="flex items-center gap-1">
          <Unplug aria-hidden="true" size={13} className="flex-none text-warn" />
          {gapTitle(gap, new Date())}. {gapMeaning(gap)}
        </li>
      ))}
    </ul>
  );
}

const ORDER: readonly Certainty[] = ["lost", "certain", "likely", "never", "possible"];

/**
 * What is not here, by how sure it is that it comes; `hasReasons` says why as well. Without reasons, what is merely
 * possible is left to the marks.
 */
export function StillToCome({ timeline, hasReasons }: { timeline: SubjectTimeline; hasReasons: boolean }) {
  const { toCome, isQuiet, expected, subject, steps } = timeline;
  const groups = ORDER.map((certainty) => ({
    certainty,
    expected: toCome.filter((step) => step.certainty === certainty),
  })).filter((group) => group.expected.length > 0 && (hasReasons || group.certainty !== "possible"));
  const isGuess = subject.kind === "video" && expected === null && steps.some(({ kind }) => kind === "rendition");
  if (groups.length === 0) return null;
  return (
    <div className="grid gap-1 text-small text-t3">
      {hasReasons ? (
        <Reasons groups={groups} isQuiet={isQuiet} isGuess={isGuess} />
      ) : (
        <p>
          {groups.map(({ certainty, expected: ones }) => (
            <span key={certainty} className="mr-3">
              <GroupTitle certainty={certainty} isQuiet={isQuiet} />{" "}
              <SafeText text={ones.map(expectedTitle).join(", ")} />
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

interface Group {
  readonly certainty: Certainty;
  readonly expected: readonly ExpectedStep[];
}

function Reasons({ groups, isQuiet, isGuess }: { groups: readonly Group[]; isQuiet: boolean; isGuess: boolean }) {
  return (
    <ul className="grid gap-0.5">
      {groups.flatMap(({ certainty, expected: ones }) =>
        byReason(ones).map(([reason, same]) => (
          <li key={`${certainty} ${reason}`} className="wrap-anywhere">
            <GroupTitle certainty={certainty} isQuiet={isQuiet} />{" "}
            <SafeText text={same.map(expectedTitle).join(", ")} />. <SafeText text={reason} />
          </li>
        )),
      )}
      {isGuess && (
        <li>
          api.video sends one event for each rendition and none for “all done”: look the video up to know which
          qualities it makes.
        </li>
      )}
    </ul>
  );
}

function GroupTitle({ certainty, isQuiet }: { certainty: Certainty; isQuiet: boolean }) {
  const isTrouble = certainty === "lost" || certainty === "never";
  return <span className={isTrouble ? "text-warn" : "text-t2"}>{certaintyTitle(certainty, isQuiet)}:</span>;
}

function byReason(steps: readonly ExpectedStep[]): [string, ExpectedStep[]][] {
  return [...Map.groupBy(steps, ({ reason }) => reason)];
}
