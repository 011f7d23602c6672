import type { Problem } from "#shared/contract/snapshot.ts";
import type { EventBus } from "./event-bus.ts";

/** What is wrong right now and stays so until somebody acts. One entry per id. */
export interface Problems {
  list(): Problem[];
  raise(problem: Problem): void;
  clear(id: string): void;
}

export function createProblems(events: EventBus): Problems {
  const problems = new Map<string, Problem>();
  return {
    list: () => [...problems.values()],
    raise(problem) {
      problems.set(problem.id, problem);
      events.publish("problem.raised", problem);
    },
    clear(id) {
      if (problems.delete(id)) events.publish("problem.cleared", { id });
    },
  };
}
