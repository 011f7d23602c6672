import { setTimeout as wait } from "node:timers/promises";
import type { AnswerRule } from "#shared/domain/answer-rule.ts";
import type { AnsweredBy } from "#shared/domain/answered-by.ts";
import type { AttemptOutcome } from "#shared/domain/attempt.ts";
import type { Settings } from "#shared/domain/settings.ts";
import type { Answer } from "../lib/answer.ts";
import type { Log } from "../lib/log.ts";
import { waitAtMost } from "../lib/wait-at-most.ts";
import { toRelayedAnswer } from "./relayed-answer.ts";

type Relayed = AttemptOutcome | "nowhere" | "failed";

export interface AnswersDeps {
  readonly log: Log;
  settings(): Pick<Settings, "answerMode" | "relayDeadlineMs" | "answerRules">;
  /** Which of these searches find the delivery. */
  matching(id: string, queries: readonly string[]): Promise<boolean[]>;
  /** Forwards the delivery; what its first target did, or that it goes to none. */
  relay(id: string): Promise<Relayed>;
  /** Forwards the delivery, whatever it is answered. */
  forward(id: string): void;
}

/** An answer, and what decided it where that was not the plain acceptance. */
export interface DecidedAnswer extends Answer {
  readonly by?: AnsweredBy;
}

/** A stored delivery that waits for its answer. */
export interface Unanswered {
  readonly id: string;
  /** False where its sender may be anybody: then it is not told what the developer's server says. */
  readonly isTrusted: boolean;
}

/** Decides what senders are told, where that is anything but the 202 that each gets at once. */
export interface Answers extends AsyncDisposable {
  /** False: every delivery gets its 202 at once, and nothing is to be decided. Asked for each one, so it costs nothing. */
  isNeeded(): boolean;
  /**
   * The first rule that matches, else what the mode says. The delivery is forwarded in any case, once. Never rejects: what
   * cannot be decided is a 202, because the delivery is kept.
   */
  decide(delivery: Unanswered): Promise<DecidedAnswer>;
}

const ACCEPTED: DecidedAnswer = { status: 202, headers: [], body: Buffer.alloc(0) };

export function createAnswers({ log, settings, matching, relay, forward }: AnswersDeps): Answers {
  const closing = new AbortController();

  async function ruleFor(id: string): Promise<AnswerRule | undefined> {
    const { answerRules } = settings();
    if (answerRules.length === 0) return undefined;
    try {
      const queries = answerRules.map(({ query }) => query);
      const matched = await matching(id, queries);
      return answerRules.find((_, index) => matched[index] === true);
    } catch (error) {
      log.error("answers.not_matched", error);
      return undefined;
    }
  }

  async function byRule(id: string, rule: AnswerRule): Promise<DecidedAnswer> {
    forward(id);
    // Only the end of the app cuts it short.
    await wait(rule.delayMs, undefined, { signal: closing.signal }).catch(() => undefined);
    return { ...fixedAnswer(rule), by: { kind: "rule", name: rule.name } };
  }

  /** What comes after the deadline is an attempt like any other, but no answer any more. */
  async function byRelay(id: string, deadlineMs: number): Promise<DecidedAnswer> {
    const outcome = await within(deadlineMs, relay(id));
    return outcome === "nowhere" ? ACCEPTED : { ...toRelayedAnswer(outcome), by: { kind: "relay" } };
  }

  return {
    isNeeded() {
      const { answerMode, answerRules } = settings();
      return answerMode === "relay" || answerRules.length > 0;
    },
    async decide({ id, isTrusted }) {
      const { answerMode, relayDeadlineMs } = settings();
      const rule = await ruleFor(id);
      if (rule !== undefined) return byRule(id, rule);
      if (answerMode === "relay" && isTrusted) return byRelay(id, relayDeadlineMs);
      forward(id);
      return ACCEPTED;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | "late"> {
  return (await waitAtMost(ms, work)) ? work : "late";
}

function fixedAnswer({ status, body, contentType }: AnswerRule): Answer {
  const type = contentType ?? (body === "" ? undefined : "text/plain; charset=utf-8");
  return { status, headers: type === undefined ? [] : [["Content-Type", type]], body: Buffer.from(body) };
}
