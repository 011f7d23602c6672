import clsx from "clsx";
import type { SectionId } from "./setting-entry.ts";

/** Leads to the parts of the page; their addresses can be shared. */
export function SectionNav(props: {
  sections: readonly { readonly id: SectionId; readonly title: string }[];
  current: SectionId | null;
  onOpen: (id: SectionId) => void;
}) {
  return (
    <nav aria-label="Sections of the settings" className="self-start lg:sticky lg:top-4">
      <ul className="flex flex-wrap gap-x-1 gap-y-0.5 lg:grid">
        {props.sections.map(({ id, title }) => (
          <li key={id}>
            <a
              href={`#/settings/${id}`}
              aria-current={id === props.current ? "true" : undefined}
              // Also where the address is this very one already.
              onClick={() => props.onOpen(id)}
              className={clsx(
                "block rounded-md px-2 py-1",
                id === props.current ? "bg-accent-s text-accent" : "text-t2 hover:bg-s2 hover:text-t1",
              )}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
