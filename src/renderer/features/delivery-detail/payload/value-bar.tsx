import { useMemo, useState } from "react";
import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { formatBytes } from "../../../theme/format.ts";
import { Button } from "../../../ui/button.tsx";
import { CodeText, SafeText } from "../../../ui/safe-text.tsx";
import { CopyButton } from "../../common/copy-button.tsx";
import type { BodyReader } from "./body-reader.ts";
import type { Explanation } from "./explain-value.ts";
import { NO_MARKS } from "./pieces.ts";
import { exactSource } from "./row-source.ts";
import { canWrap, TextView } from "./text-view.tsx";
import { pathOf } from "./tree-rows.ts";
import { useWholeValue } from "./use-body-reader.ts";
import { valueWords } from "./value-words.ts";

/** The active value of a tree in full: where it is, what it is, and its whole text where a row had no room for it. */
export function ValueBar(props: {
  bytes: Uint8Array;
  index: JsonIndex;
  reader: BodyReader;
  value: number;
  explanation: Explanation | undefined;
  onCopy: (value: number) => void;
}) {
  const { bytes, index, reader, value, explanation, onCopy } = props;
  const [shownValue, setShownValue] = useState<number | null>(null);
  const path = pathOf(bytes, index, value);
  const { hiddenBytes } = valueWords(bytes, index, value);
  const size = (index.ends[value] ?? 0) - (index.starts[value] ?? 0);
  return (
    <section aria-label="Selected value" className="grid min-w-0 gap-2 rounded-md border border-line bg-s1 px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {path === "" ? (
          <span className="text-t2">The payload</span>
        ) : path === null ? (
          <span className="text-t2">Too deep for a path</span>
        ) : (
          <code className="min-w-0 text-t1 wrap-anywhere">
            <CodeText text={path.length > MAX_PATH ? `…${path.slice(-MAX_PATH)}` : path} />
          </code>
        )}
        <span className="text-small text-t3">
          {KIND_WORDS[index.kinds[value] ?? 0]}, {formatBytes(size)}
        </span>
        <span className="ml-auto flex flex-wrap gap-1.5">
          {hiddenBytes > 0 && (
            <Button
              aria-expanded={shownValue === value}
              onClick={() => setShownValue(shownValue === value ? null : value)}
            >
              {shownValue === value ? "Show less" : "Show all"}
            </Button>
          )}
          <Button onClick={() => onCopy(value)}>Copy value</Button>
          {path !== null && path !== "" && <CopyPath path={path} />}
        </span>
      </div>
      {explanation !== undefined && (
        <p className={explanation.isDeviation ? "text-warn wrap-anywhere" : "text-t2 wrap-anywhere"}>
          <SafeText text={explanation.text} />
        </p>
      )}
      {shownValue === value && hiddenBytes > 0 && <WholeText key={value} reader={reader} value={value} />}
    </section>
  );
}

/** The end of a path says more than its beginning. */
const MAX_PATH = 300;

const KIND_WORDS: Readonly<Record<number, string>> = {
  [JSON_KIND.object]: "object",
  [JSON_KIND.array]: "list",
  [JSON_KIND.string]: "text",
  [JSON_KIND.number]: "number",
  [JSON_KIND.true]: "true or false",
  [JSON_KIND.false]: "true or false",
  [JSON_KIND.null]: "null",
};

function CopyPath({ path }: { path: string }) {
  return (
    <span className="inline-flex items-center gap-1 text-t3">
      path
      <CopyButton text={path} label="Copy path" />
    </span>
  );
}

function WholeText({ reader, value }: { reader: BodyReader; value: number }) {
  const whole = useWholeValue(reader, value);
  const source = useMemo(() => whole && exactSource(whole.bytes, whole.rows, null, NO_MARKS), [whole]);
  return source && <TextView source={source} label="The whole value" wraps={canWrap(source)} />;
}
