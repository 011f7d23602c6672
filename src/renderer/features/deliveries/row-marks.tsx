import {
  Binary,
  Braces,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Copy,
  Download,
  FileQuestionMark,
  FlaskConical,
  Hand,
  type LucideIcon,
  Pencil,
  Scissors,
  SquareDashed,
  TimerOff,
  Unplug,
  Zap,
} from "lucide-react";
import { UNTYPED_BODIES } from "#shared/api-video/payload.ts";
import type { DeliverySource, DeliverySummary, IncompleteReason } from "#shared/domain/delivery.ts";
import { useAppState } from "../../app-context.ts";
import { isHeld } from "../../state/selectors.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";

interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: LucideIcon;
}

/** What became of a delivery on its way to the user's server: the glyph that a row begins with. */
type RowState = "held" | "accepted" | "refused" | "unreachable" | "faulty" | "kept" | "incomplete";

const STATES: Readonly<Record<RowState, Look>> = {
  held: { word: "Held before it is forwarded", tone: "info", icon: Hand },
  accepted: { word: "Your server accepted it", tone: "ok", icon: CircleCheck },
  refused: { word: "Your server refused it", tone: "bad", icon: CircleX },
  unreachable: { word: "Your server did not answer", tone: "bad", icon: Unplug },
  faulty: { word: "Not accepted, with a fault put in on purpose", tone: "warn", icon: Zap },
  kept: { word: "Not forwarded", tone: "muted", icon: CircleDashed },
  incomplete: { word: "Incomplete", tone: "warn", icon: CircleAlert },
};

const TEXT_TONES: Readonly<Record<Tone, string>> = {
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  info: "text-info",
  muted: "text-t3",
};

function stateOf({ incomplete, lastAttempt }: DeliverySummary): RowState {
  if (incomplete !== undefined) return "incomplete";
  if (lastAttempt === undefined) return "kept";
  const { verdict, fault } = lastAttempt;
  return fault !== undefined && verdict !== "accepted" ? "faulty" : verdict;
}

export function StateGlyph({ delivery }: { delivery: DeliverySummary }) {
  const isWaiting = useAppState((state) => isHeld(state, delivery.id));
  const { word, tone, icon: Icon } = STATES[isWaiting ? "held" : stateOf(delivery)];
  return <Icon role="img" aria-label={word} size={14} className={TEXT_TONES[tone]} />;
}

/** Why there is no event to name: bodies that are no api.video event must not look alike. */
type BodyKind = "empty" | keyof typeof UNTYPED_BODIES;

const BODIES: Readonly<Record<BodyKind, Look>> = {
  empty: { word: "Empty", tone: "muted", icon: SquareDashed },
  binary: { word: "Binary", tone: "muted", icon: Binary },
  text: { word: "Not JSON", tone: "warn", icon: FileQuestionMark },
  json: { word: "No type", tone: "muted", icon: Braces },
};

const INCOMPLETES: Readonly<Record<IncompleteReason, Look>> = {
  cut: { word: "Cut", tone: "warn", icon: Scissors },
  "broken-off": { word: "Broken off", tone: "warn", icon: CircleSlash },
  "timed-out": { word: "Timed out", tone: "warn", icon: TimerOff },
  malformed: { word: "Malformed", tone: "warn", icon: CircleAlert },
};

function bodyKindOf({ type, detail, bodyBytes }: DeliverySummary): BodyKind | null {
  if (type !== null) return null;
  if (bodyBytes === 0) return "empty";
  return UNTYPED_KINDS.find((kind) => UNTYPED_BODIES[kind] === detail) ?? null;
}

const UNTYPED_KINDS = ["binary", "text", "json"] as const satisfies readonly (keyof typeof UNTYPED_BODIES)[];

/** True where `detail` says what the body is, which its badge says already. */
export function isBodyWord(delivery: DeliverySummary): boolean {
  return bodyKindOf(delivery) !== null;
}

/** What is out of the ordinary about the request itself. */
export function BodyBadges({ delivery, isRepeat }: { delivery: DeliverySummary; isRepeat: boolean }) {
  const isWaiting = useAppState((state) => isHeld(state, delivery.id));
  const kind = delivery.incomplete === undefined ? bodyKindOf(delivery) : null;
  return (
    <>
      {delivery.incomplete !== undefined && <LookBadge look={INCOMPLETES[delivery.incomplete]} />}
      {kind !== null && <LookBadge look={BODIES[kind]} />}
      {isRepeat && <LookBadge look={DUPLICATE} />}
      {isWaiting && <LookBadge look={HELD} />}
    </>
  );
}

const HELD: Look = { word: "Held", tone: "info", icon: Hand };
const DUPLICATE: Look = { word: "Duplicate", tone: "muted", icon: Copy };

const SOURCES: Readonly<Record<Exclude<DeliverySource, "received">, Look>> = {
  simulated: { word: "Simulated", tone: "info", icon: FlaskConical },
  edited: { word: "Edited", tone: "info", icon: Pencil },
  imported: { word: "Imported", tone: "info", icon: Download },
};

/** Where it came from, unless it simply came. */
export function SourceMark({ delivery: { source, originId } }: { delivery: DeliverySummary }) {
  if (source === "received") return null;
  const { word, tone, icon: Icon } = SOURCES[source];
  const words = originId === undefined ? word : `${word} from ${originId}`;
  return (
    <span title={words} className="flex-none">
      <Icon aria-label={words} role="img" size={12} className={TEXT_TONES[tone]} />
    </span>
  );
}

function LookBadge({ look: { word, tone, icon } }: { look: Look }) {
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
