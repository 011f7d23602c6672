import { type ReactNode, useId } from "react";
import { EVERY_EVENT, type EventEntry, eventEntry } from "#shared/api-video/event-catalogue.ts";
import { FIELDS, type FieldFacts } from "#shared/api-video/event-fields.ts";
import { eventFacts } from "#shared/api-video/event-types.ts";
import type { Fact } from "#shared/api-video/sources.ts";
import { Card } from "../../ui/card.tsx";
import { SourceLink } from "../common/source-link.tsx";

/** What is known of this kind of event: meaning, order, traps and fields, each with where it is known from. */
export function EventCard({ type }: { type: string | null }) {
  const entry = eventEntry(type);
  const facts = eventFacts(type);
  if (facts === undefined) return null;
  return (
    <Card title="About this event" aside={<SourceLink source="guide" />}>
      <p className="text-t2">{facts.meaning}</p>
      {entry !== undefined && (
        <div className="mt-3 grid gap-3">
          <Section title="Order">
            <Facts facts={entry.order} />
          </Section>
          <Section title="Traps">
            <Facts facts={[...entry.traps, ...EVERY_EVENT]} />
          </Section>
          <Section title="Fields">
            <Fields entry={entry} />
          </Section>
        </div>
      )}
    </Card>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-1">
      <h3 id={id} className="font-semibold text-t1">
        {title}
      </h3>
      {children}
    </section>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <ul className="grid list-disc gap-1 pl-4">
      {facts.map(({ text, source }) => (
        <li key={text}>
          {text} <SourceLink source={source} isShort />
        </li>
      ))}
    </ul>
  );
}

function Fields({ entry }: { entry: EventEntry }) {
  return (
    <dl className="grid gap-1.5">
      {entry.fields.map((name) => {
        const facts: FieldFacts = FIELDS[name];
        return (
          <div key={name} className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 max-sm:grid-cols-1">
            <dt>
              <code className="text-accent">{name}</code>
              {entry.optional.includes(name) && <span className="text-small text-t3"> may be absent</span>}
            </dt>
            <dd className="min-w-0">
              {facts.meaning}{" "}
              <span className="text-t3">
                {KIND_WORDS[facts.kind]}, for example <code className="wrap-anywhere">{facts.example}</code>
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const KIND_WORDS: Readonly<Record<FieldFacts["kind"], string>> = {
  text: "A text",
  id: "An id",
  date: "A date as text",
};
