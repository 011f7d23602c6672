// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import clsx from "clsx";
import { COLUMNS, type RowForm } from "./list-form.ts";

interface Heading {
  readonly name: string;
  readonly isSpoken?: boolean;
  readonly className?: string;
}

/** In the order of a row's cells; what is only spoken would not fit, or says what the cells say themselves. */
const HEADINGS: Readonly<Record<RowForm, readonly Heading[]>> = {
  "two-line": [
    { name: "State" },
    { name: "Received" },
    { name: "Event" },
    { name: "Detail, subject, size and answer" },
    { name: "Signature" },
  ],
  "one-line": [
    { name: "State", isSpoken: true },
    { name: "Received" },
    { name: "Event" },
    { name: "Detail and subject", isSpoken: true },
    { name: "Signature", className: "text-right" },
    { name: "Size", className: "text-right" },
    { name: "Answer", className: "text-right" },
  ],
  wide: [
    { name: "State", isSpoken: true },
    { name: "Received" },
    { name: "Event" },
    { name: "Detail" },
    { name: "Subject" },
    { name: "Signature", className: "text-right" },
    { name: "Size", className: "text-right" },
    { name: "Answer", className: "text-right" },
  ],
};

export function columnCount(form: RowForm): number {
  return HEADINGS[form].length;
}

/** What the columns are: in sight above the rows that have columns, and spoken above all. */
export function ListHeadings({ form, heightPx }: { form: RowForm; heightPx: number }) {
  const isShown = heightPx > 0;
  return (
    <div
      role="row"
      aria-rowindex={1}
      style={isShown ? { height: heightPx } : undefined}
      className={clsx(
        isShown
          ? "sticky top-0 z-1 grid border-b border-line bg-s0 pr-3 pl-1.5 text-tiny whitespace-nowrap text-t3"
          : "sr-only",
        isShown && COLUMNS[form],
      )}
    >
      {HEADINGS[form].map(({ name, isSpoken, className }) => (
        <span key={name} role="columnheader" className={className}>
          {isSpoken ? <span className="sr-only">{name}</span> : name}
        </span>
      ))}
    </div>
  );
}
