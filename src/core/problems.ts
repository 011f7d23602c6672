import type { Problem } from "#shared/contract/snapshot.ts";
import type { EventBus } from "./event-bus.ts";

/** What is wrong right now and stays so until somebody acts. One entry per id. */
export interface Problems {
  list(): Problem[];
  /** What was raised in this run, oldest first, whether it is over or not; the last ones only. */
  past(): readonly { readonly at: string; readonly problem: Problem }[];
  raise(problem: Problem): void;
  clear(id: string): void;
  /** Of those of the past, which may tell of what was erased. */
  forgetPast(): void;
}

const KEPT_PAST = 20;

export function createProblems(events: EventBus, now: () => number = Date.now): Problems {
  const problems = new Map<string, Problem>();
  const past: { at: string; problem: Problem }[] = [];
  return {
    list: () => [...problems.values()],
    past: () => past,
    raise(problem) {
      past.push({ at: new Date(now()).toISOString(), problem });
      if (past.length > KEPT_PAST) past.shift();
      problems.set(problem.id, problem);
      events.publish("problem.raised", problem);
    },
    forgetPast: () => void past.splice(0),
    clear(id) {
      if (problems.delete(id)) events.publish("problem.cleared", { id });
    },
  };
}
