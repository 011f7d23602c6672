import { Fragment } from "react";
import { visibleParts } from "./visible-parts.ts";

interface Props {
  readonly text: string;
  /** Tabs and line ends stay what they are. */
  readonly keepLines?: boolean;
}

/**
 * Text of a sender, as text: control, invisible and direction-changing characters are shown as marks, and its writing
 * direction ends where it ends. That direction is the text's own, or with `dir` from left to right as in code.
 */
export function SafeText({ dir, ...props }: Props & { dir?: "ltr" }) {
  return (
    <bdi dir={dir}>
      <VisibleText {...props} />
    </bdi>
  );
}

/** Such a text inside one that already ends its direction. */
export function VisibleText({ text, keepLines = false }: Props) {
  return visibleParts(text, keepLines).map((part, index) =>
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
  );
}

/**
 * Text of a sender that runs from left to right, as code and messages do: words written from right to left stand in it
 * each for itself, so that every sign between them stays at its place.
 */
export function CodeText({ text, keepLines = false }: Props) {
  if (!hasRightToLeft(text)) return <VisibleText text={text} keepLines={keepLines} />;
  return text.split(RIGHT_TO_LEFT_WORDS).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <SafeText key={index} text={part} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <VisibleText key={index} text={part} keepLines={keepLines} />
    ),
  );
}

/** The blocks whose characters run from right to left, the unassigned ones too (Unicode's DerivedBidiClass.txt). */
const RTL = "\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefe\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}";
const RIGHT_TO_LEFT = new RegExp(`[${RTL}]`, "u");
/** A sentence is read as one: of what stands between its words, white space alone is theirs. */
const RIGHT_TO_LEFT_WORDS = new RegExp(`([${RTL}]+(?: +[${RTL}]+)*)`, "u");

export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}
