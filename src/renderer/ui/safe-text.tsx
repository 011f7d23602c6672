import { Fragment } from "react";
import { visibleParts } from "./visible-parts.ts";

/**
 * Text of a sender, as text: control, invisible and direction-changing characters are shown as marks, and its writing
 * direction ends where it ends.
 */
export function SafeText({ text, keepLines = false }: { text: string; keepLines?: boolean }) {
  return (
    <bdi>
      {visibleParts(text, keepLines).map((part, index) =>
        part.isMark ? (
          // Parts have no identity but their place in a text that never changes.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <mark key={index} className="rounded-sm bg-warn-s px-px text-warn" title={part.title}>
            {part.text}
          </mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Fragment key={index}>{part.text}</Fragment>
        ),
      )}
    </bdi>
  );
}
