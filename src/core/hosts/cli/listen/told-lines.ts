import { assertNever } from "#shared/assert-never.ts";
import type { Forwarding } from "#shared/contract/snapshot.ts";
import { type AttemptNotice, verdictOf } from "#shared/domain/attempt.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { runLine } from "#shared/domain/run-words.ts";
import type { TargetHealth } from "#shared/domain/target-health.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import { attemptWords } from "../attempt-line.ts";
import { verificationWords, whatWords } from "../delivery-line.ts";
import type { Line, Style } from "../spans.ts";
import { createPathLines } from "../tell-of-path.ts";
import { tallyWords } from "./tally.ts";
import type { Told } from "./told.ts";

/** As wide as the longest type that api.video documents, so that what follows stands in a column. */
const WHAT_WIDTH = 32;
/** Longer ones are the sender's own texts; the window and `events get` show all of them. */
const MAX_WHAT = 80;
const DETAIL_WIDTH = 9;

type Ready = Extract<Told, { kind: "ready" }>;

const STATE_STYLES: Readonly<Record<VerificationState, Style>> = {
  verified: "green",
  failed: "red",
  unsigned: "yellow",
  unchecked: "yellow",
};
const VERDICT_STYLES = { accepted: "green", refused: "red", unreachable: "red" } as const;

/** What there is to print of each thing told in turn; nothing of what was said already. */
export function createToldLines(): (told: Told) => readonly Line[] {
  const pathLine = createPathLines();
  return (told) => {
    switch (told.kind) {
      case "ready":
        return headLines(told).map((line) => [line]);
      case "delivery":
        return [arrivalLine(told.delivery)];
      case "verification":
        return [recheckedLine(told)];
      case "answer":
        return [answerLine(told.attempt)];
      case "run":
        return [[`${told.run.id} ${told.run.state}, ${runLine(told.run)}`]];
      case "tunnel":
        return asLines(pathLine({ name: "tunnel.changed", payload: told.tunnel }));
      case "registration":
        return asLines(pathLine({ name: "registration.changed", payload: told.registration }));
      case "secret":
        return [[secretLine(told)]];
      case "target":
        return asLines(targetLine(told.target));
      case "problem":
        return [[`${told.problem.title}: ${told.problem.message}`]];
      case "summary":
        return [[tallyWords(told)]];
      default:
        return assertNever(told);
    }
  };
}

function asLines(line: string | null): readonly Line[] {
  return line === null ? [] : [[line]];
}

function headLines({ isAttached, pid, listenerUrl, forwarding, answerMode, dataDir, query }: Ready): string[] {
  return [
    ...(isAttached ? [`An inspector runs already:   process ${pid}, which is followed from here`] : []),
    `Listening for deliveries on  ${listenerUrl}`,
    forwardingLine(forwarding),
    ...(answerMode === "relay" ? ["They are answered            what your server answers"] : []),
    `Deliveries are kept in       ${dataDir}`,
    ...(query === null ? [] : [`Shown is only                ${query}`]),
  ];
}

function forwardingLine({ target, routes = 0 }: Forwarding): string {
  if (routes > 0)
    return `They are forwarded           as the routes say${target === null ? "" : `, else to ${target}`}`;
  return target === null
    ? "They are not forwarded:      name your server with --forward-to"
    : `They are forwarded to        ${target}`;
}

/** `14:02:11  d12    video.encoding.quality.completed  hls 720p      612 B  verified`. */
function arrivalLine(delivery: DeliverySummary): Line {
  const { id, receivedAt, detail = "", bodyBytes, verification, incomplete, source, originId, duplicateOf } = delivery;
  const marks = [
    ...(incomplete === undefined ? [] : [incomplete]),
    ...(duplicateOf === undefined ? [] : [`repeats ${duplicateOf}`]),
    ...(source === "edited" && originId !== undefined ? [`edited from ${originId}`] : []),
  ];
  return [
    ...startOf(id, new Date(receivedAt)),
    `${cut(whatWords(delivery)).padEnd(WHAT_WIDTH)}  ${cut(detail).padEnd(DETAIL_WIDTH)}  `,
    `${`${bodyBytes} B`.padStart(8)}  `,
    { text: verificationWords(verification), style: STATE_STYLES[verification.state] },
    ...marks.map((mark) => `  ${mark}`),
  ];
}

function recheckedLine({ delivery: { id, verification }, was }: Extract<Told, { kind: "verification" }>): Line {
  return [
    ...startOf(id, new Date()),
    "checked again: ",
    { text: verificationWords(verification), style: STATE_STYLES[verification.state] },
    ` (was ${verificationWords(was)})`,
  ];
}

/** `14:02:11  d12    forward [200] http://localhost:3000/ (12 ms)`. */
function answerLine(attempt: AttemptNotice): Line {
  const [kind, result, rest] = attemptWords(attempt);
  const answeredAt = new Date(Date.parse(attempt.startedAt) + attempt.ms);
  return [
    ...startOf(attempt.deliveryId, answeredAt),
    `${kind.padEnd(7)} `,
    { text: result, style: VERDICT_STYLES[verdictOf(attempt.outcome)] },
    ` ${rest}`,
  ];
}

/** The time is that of the clock on the wall. */
function startOf(id: string, at: Date): Line {
  return [{ text: at.toTimeString().slice(0, 8), style: "dim" }, `  ${id.padEnd(6)}  `];
}

function secretLine({ secret }: Extract<Told, { kind: "secret" }>): string {
  return secret === null
    ? "An earlier run made the webhook: its secret is not printed. End this run in good order, and the next one makes its own."
    : `Its secret is                ${secret}`;
}

/** Of one that is being looked at there is nothing to say yet. */
function targetLine({ url, state, message }: TargetHealth): string | null {
  if (state === "checking") return null;
  return state === "up" ? `Your server is there again:  ${url}` : `Your server is not there:    ${message ?? url}`;
}

function cut(text: string): string {
  return text.length > MAX_WHAT ? `${text.slice(0, MAX_WHAT)}…` : text;
}
