import { type RefObject, useLayoutEffect, useState } from "react";
import type { Settings } from "#shared/domain/settings.ts";
import { remToPx } from "../../ui/rem-to-px.ts";

/** How a row is laid out: two lines where the list is narrow, one line, or one with a column of its own for the subject. */
export type RowForm = "two-line" | "one-line" | "wide";

/** The list's widths in rem, so that large text counts like a narrow list. */
const ONE_LINE_REM = 30;
const WIDE_REM = 46;

export type Density = Settings["density"];

/** In rem, so that rows grow with the text. */
const ROW_REM: Readonly<Record<Density, Readonly<Record<RowForm, number>>>> = {
  comfortable: { "two-line": 3.25, "one-line": 2.125, wide: 2.125 },
  compact: { "two-line": 2.75, "one-line": 1.75, wide: 1.75 },
};
/** A gap has three lines to say. */
const GAP_REM: Readonly<Record<Density, number>> = { comfortable: 4.25, compact: 3.75 };
const HEADING_REM = 1.75;

/** All that the placing of rows has to know, in CSS pixels. */
export interface ListForm {
  readonly form: RowForm;
  readonly rowPx: number;
  readonly gapPx: number;
  /** What covers the top of the list; 0 where the headings are only spoken. */
  readonly headingPx: number;
}

/** The columns of a row and of the headings above them; in two lines, the cells say themselves where they stand. */
export const COLUMNS: Readonly<Record<RowForm, string>> = {
  "two-line": "grid-cols-[1.5rem_minmax(0,1fr)_auto_auto] grid-rows-[auto_auto] content-center gap-x-2 gap-y-0.5",
  "one-line":
    "grid-cols-[1.5rem_5.75rem_minmax(0,max-content)_minmax(0,1fr)_auto_3.25rem_2.75rem] items-center gap-x-2",
  wide: "grid-cols-[1.5rem_5.75rem_minmax(0,10rem)_minmax(0,1fr)_5.25rem_7.5rem_3.5rem_2.75rem] items-center gap-x-2.5",
};

/** Follows the width of the list. */
export function useListForm(list: RefObject<HTMLElement | null>, density: Density): ListForm {
  const [form, setForm] = useState<RowForm>("one-line");
  useLayoutEffect(() => {
    const { current } = list;
    if (current === null) return;
    const measure = (): void => setForm(formOf(current.clientWidth / remToPx(1)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [list]);
  const [remPx] = useState(() => remToPx(1));
  return {
    form,
    rowPx: ROW_REM[density][form] * remPx,
    gapPx: GAP_REM[density] * remPx,
    headingPx: form === "two-line" ? 0 : HEADING_REM * remPx,
  };
}

function formOf(widthRem: number): RowForm {
  if (widthRem < ONE_LINE_REM) return "two-line";
  return widthRem < WIDE_REM ? "one-line" : "wide";
}
