import { type RefObject, useLayoutEffect } from "react";
import { keepFocus } from "../../actions/regions.ts";

/** Where a part that goes has the focus, what comes in its place gets it: it must not fall out of the window. */
export function useHandOnFocus(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = part;
    // React runs this before it takes the part away.
    return () => {
      if (current?.contains(document.activeElement)) keepFocus();
    };
  }, [part]);
}
