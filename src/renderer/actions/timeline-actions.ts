import { formatSubject, mainSubject, type SubjectRef } from "#shared/domain/subject.ts";
import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";
import { selectedSummary } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { type Action, hasSelection } from "./action.ts";

export const TIMELINE_ACTIONS: readonly Action[] = [
  {
    id: "delivery.timeline",
    label: "Show its timeline",
    keys: ["v"],
    when: (state) => hasSelection(state) && selectedSubject(state) !== null,
    run(app) {
      const subject = selectedSubject(app.store.getState());
      if (subject !== null) showTimeline(app, subject);
    },
  },
];

/** Goes to one subject's lane, or with null to all of them. */
export function showTimeline(app: App, subject: SubjectRef | null): void {
  setView(app.store, { area: "timeline", subject: subject === null ? null : formatSubject(subject) });
}

/** Goes to the list with the deliveries of one subject alone. */
export function showDeliveries(app: App, subject: SubjectRef): void {
  setView(app.store, { area: "deliveries", filter: subjectFilter(subject), isDetailOpen: false });
}

/** In the list's search language; an id that is not a plain word is put in quotes. */
export function subjectFilter(subject: SubjectRef): string {
  const [, field = "", id = ""] = /^(\w+):(.*)$/s.exec(formatSubject(subject)) ?? [];
  return /^[\w-]+$/.test(id) ? `${field}:${id}` : `${field}:"${id.replaceAll(/["\\]/g, "\\$&")}"`;
}

/** What the selected delivery is about, as its detail or the list knows it. */
function selectedSubject(state: AppState): SubjectRef | null {
  const { detail, view } = state;
  const isLoaded = detail.kind === "ready" && detail.value.id === view.selectedId;
  const named = isLoaded ? detail.value.subject : selectedSummary(state)?.subject;
  return named === undefined ? null : mainSubject(named);
}
