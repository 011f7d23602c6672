import { EVENT_FACTS } from "#shared/api-video/event-types.ts";
import type { Sending } from "#shared/api-video/play-scenario.ts";

/** What will be sent, event by event, each with its time after the first one. */
export function ScenarioSteps({ plan, speed }: { plan: readonly Sending[]; speed: number }) {
  const subjects = new Set(plan.map(subjectOf));
  return (
    <section
      aria-label="What it sends"
      // Scrolls, so it can be reached by key.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      className="max-h-48 overflow-auto rounded-md border border-line bg-s0"
    >
      <ol className="divide-y divide-line">
        {plan.map((sending, index) => (
          // They never change places.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index} className="flex flex-wrap gap-x-3 px-3 py-1">
            <span className="w-14 flex-none text-right text-t3 tabular-nums">{timeOf(sending, speed)}</span>
            <span className="min-w-0 flex-1 basis-32">
              {EVENT_FACTS[sending.event.type].title} <span className="text-t3">{detailOf(sending)}</span>
            </span>
            {subjects.size > 1 && <span className="text-t3">{subjectOf(sending)}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const timeOf = ({ atMs }: Sending, speed: number): string => `${(atMs / speed / 1_000).toFixed(1)} s`;

const subjectOf = ({ event: { fields } }: Sending): string => fields["videoId"] ?? fields["liveStreamId"] ?? "";

/** What tells it from the others of its kind. */
function detailOf({ event: { fields }, isAgain }: Sending): string {
  const words = [fields["encoding"], fields["quality"], fields["language"], isAgain && "sent again"];
  return words.filter(Boolean).join(" ");
}
