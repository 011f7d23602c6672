import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useAppState } from "../../app-context.ts";
import { bringToTop, focusSetting } from "./go-to-setting.ts";
import { SECTIONS, type SectionId } from "./setting-entry.ts";

/** How far below the top a section may begin and still be the one that is read. */
const READ_PX = 96;

/** Which part of the page is read, and how to get to one; the address leads there as well. */
export function useSections(scroller: RefObject<HTMLElement | null>): {
  current: SectionId | null;
  open: (id: SectionId) => void;
} {
  const asked = useAppState(({ view }) => view.section);
  const isLoaded = useAppState(({ mirror }) => mirror !== null);
  const [current, setCurrent] = useState<SectionId | null>(null);
  /** Where the last one that was gone to came to stand: near the end it cannot come to the top, and is read all the same. */
  const opened = useRef<{ id: SectionId; top: number } | null>(null);

  const open = useCallback((id: SectionId): void => {
    const heading = document.getElementById(sectionAnchor(id));
    if (heading === null) return;
    opened.current = { id, top: bringToTop(heading) };
    heading.focus({ preventScroll: true });
    setCurrent(id);
  }, []);

  useEffect(() => {
    if (asked === "search") return document.getElementById("settings-search")?.focus();
    const section = SECTIONS.find(({ id }) => id === asked);
    if (section !== undefined) open(section.id);
    else if (asked !== null && isLoaded) focusSetting(asked);
  }, [asked, open, isLoaded]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = (): void => {
      const isStill = opened.current !== null && Math.abs(opened.current.top - element.scrollTop) < 2;
      setCurrent(isStill && opened.current !== null ? opened.current.id : sectionRead(element));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [scroller]);

  return { current, open };
}

/** The last one that begins above the place where one reads; at the end of the page, its last one. */
function sectionRead(scroller: HTMLElement): SectionId | null {
  const top = scroller.getBoundingClientRect().top + READ_PX;
  const shown = SECTIONS.flatMap(({ id }) => {
    const heading = document.getElementById(sectionAnchor(id));
    return heading === null ? [] : [{ id, top: heading.getBoundingClientRect().top }];
  });
  const isAtEnd = scroller.scrollTop > 0 && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
  const read = isAtEnd ? shown.at(-1) : (shown.findLast((section) => section.top <= top) ?? shown[0]);
  return read?.id ?? null;
}

export function sectionAnchor(id: SectionId): string {
  return `settings-${id}`;
}
