import { eventFacts } from "#shared/api-video/event-types.ts";
import { type Attempt, type UnreachableReason, verdictOf } from "#shared/domain/attempt.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { type Fault, faultWords } from "#shared/domain/fault.ts";
import { formatCount } from "../../theme/format.ts";
import { latenessOf, latenessWords } from "./lateness.ts";

/** What happened to a delivery, as one would tell it: what it is, how it came, and what became of it. */
export function overviewSentence(delivery: DeliveryDetail): string {
  const what = `${whatItIs(delivery)}.`;
  const how = `It ${joined([howItCame(delivery), signatureWords(delivery), ...whatBecame(delivery)])}.`;
  return `${what} ${how}`;
}

function whatItIs(delivery: DeliveryDetail): string {
  const { type, detail, subject } = delivery;
  const video = subject.videoId === undefined ? "a video" : `video ${short(subject.videoId)}`;
  const stream = subject.liveStreamId === undefined ? "a live stream" : `live stream ${short(subject.liveStreamId)}`;
  const what = detail === undefined ? "" : ` (${short(detail)})`;
  switch (type) {
    case "video.encoding.quality.completed":
      return `A rendition${what} of ${video} is ready`;
    case "live-stream.broadcast.started":
      return `${capital(stream)} began to broadcast`;
    case "live-stream.broadcast.ended":
      return `${capital(stream)} ended its broadcast`;
    case "video.source.recorded":
      return `${capital(stream)} was recorded as ${video}, which waits to be encoded`;
    case "video.caption.generated":
      return `Captions${what} of ${video} are ready`;
    case "video.summary.generated":
      return `The summary of ${video} is ready`;
    case null:
      return `A ${short(delivery.method)} request to ${short(delivery.path)} that names no event`;
    default:
      return eventFacts(type) === undefined
        ? `An event ${short(type)}, which api.video does not document`
        : `An event ${short(type)} of a tutorial, which api.video never sends`;
  }
}

function howItCame(delivery: DeliveryDetail): string {
  const { source, incomplete, originId } = delivery;
  if (incomplete !== undefined) return INCOMPLETE[incomplete];
  const lateness = latenessOf(delivery);
  const words = latenessWords(lateness);
  const after = words === null ? "" : `${lateness.kind === "unreadable" ? ", " : " "}${words}`;
  switch (source) {
    case "received":
      return `came${after}`;
    case "simulated":
      return `was made by the simulator${after === "" ? "" : `, came${after}`}`;
    case "edited":
      return `was edited here${originId === undefined ? "" : ` from ${originId}`}`;
    case "imported":
      return "was imported; the times are those of the file";
  }
}

const INCOMPLETE: Readonly<Record<NonNullable<DeliveryDetail["incomplete"]>, string>> = {
  cut: "was over the size limit, so only its first part is kept",
  "broken-off": "broke off before it was whole",
  "timed-out": "took too long to come whole",
  malformed: "broke the rules of HTTP after its head",
};

function signatureWords({ verification, incomplete }: DeliveryDetail): string {
  switch (verification.state) {
    case "verified":
      return "its signature is valid";
    case "failed":
      return "its signature does not fit";
    case "unsigned":
      return "it carries no signature";
    case "unchecked":
      return incomplete === undefined
        ? "its signature could not be checked for want of a secret"
        : "its signature cannot be checked without the whole body";
  }
}

/** What the user's server said, first to the forward, then to replays. */
function whatBecame({ attempts, incomplete }: DeliveryDetail): string[] {
  if (attempts.length === 0) return [incomplete === undefined ? "it was sent to no server" : "it is never forwarded"];
  const forward = attempts.find(({ kind }) => kind === "forward");
  const replays = attempts.filter(({ kind }) => kind === "replay");
  const newest = replays.at(-1);
  const replayed = newest === undefined ? [] : [replayWords(newest, replays.length)];
  if (forward !== undefined) return [answerWords(forward), ...replayed];
  return newest !== undefined && replays.length === 1 ? [`replayed, ${answerWords(newest)}`] : replayed;
}

function answerWords({ outcome, fault }: Attempt): string {
  if (outcome.kind === "unreachable") {
    if (outcome.reason === "dropped") return "it was dropped on purpose";
    if (fault !== undefined) return `your server did not answer (${UNREACHABLE[outcome.reason]})${onPurpose(fault)}`;
    return `your server could not be reached (${UNREACHABLE[outcome.reason]})`;
  }
  const verdict = verdictOf(outcome) === "accepted" ? "answered" : "refused it with";
  return `your server ${verdict} ${outcome.status}${onPurpose(fault)}`;
}

/** Behind what it led to, so that nobody looks for the reason elsewhere. */
function onPurpose(fault: Fault | undefined): string {
  return fault === undefined ? "" : ` (fault on demand: ${faultWords(fault)})`;
}

const UNREACHABLE = {
  refused: "connection refused",
  reset: "connection reset",
  timeout: "no answer in time",
  dns: "unknown name",
  tls: "no secure connection",
  protocol: "no proper HTTP",
} as const satisfies Readonly<Record<Exclude<UnreachableReason, "dropped">, string>>;

function replayWords({ outcome, fault }: Attempt, count: number): string {
  const replayed = count === 1 ? "when it was replayed" : `when it was replayed for the ${ordinal(count)} time`;
  const times = `${replayed}${onPurpose(fault)}`;
  if (outcome.kind === "unreachable" && outcome.reason === "dropped") return `and was dropped on purpose ${replayed}`;
  return outcome.kind === "answered" ? `and ${outcome.status} ${times}` : `and was out of reach ${times}`;
}

function ordinal(count: number): string {
  const last = count % 100 > 10 && count % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${formatCount(count)}${last}`;
}

/** `a, b and c`; a part that brings its own "and" gets no other. */
function joined(parts: readonly string[]): string {
  return parts.reduce((told, part, index) => {
    if (part.startsWith("and ")) return `${told}, ${part}`;
    const isLast = parts.slice(index + 1).every((rest) => rest.startsWith("and "));
    return isLast ? `${told}, and ${part}` : `${told}, ${part}`;
  });
}

/** A sender's text can be of any length; a sentence is not. */
const MAX_SHOWN = 60;

function short(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
