import { useDeferredValue, useEffect, useId, useRef } from "react";
import { readUtf8 } from "#shared/utf8.ts";
import { formatBytes } from "../../theme/format.ts";
import { Tick } from "../../ui/field.tsx";
import { CodeEditor } from "./code-editor.tsx";
import { bytesOf, type DraftBody } from "./draft.ts";
import { toHexText } from "./hex-text.ts";
import { jsonFault } from "./json-fault.ts";

/** The body as text or as hex digits of its bytes. Text that is no JSON is told of, and may be sent all the same. */
export function BodyFields(props: {
  body: DraftBody;
  fault: string | null;
  bodyBytes: number;
  onChange: (body: DraftBody) => void;
}) {
  const { body, fault, bodyBytes, onChange } = props;
  const id = useId();
  /** The body is what is edited most: it has the focus at first. Who chooses another form of it keeps the focus there. */
  const isOpening = useRef(true);
  useEffect(() => {
    isOpening.current = false;
  }, []);
  if (body.kind === "unread") {
    return (
      <section aria-labelledby={id} className="grid gap-1">
        <h3 id={id} className="font-semibold text-t1">
          Body
        </h3>
        <p className="text-t3">
          {`With ${formatBytes(bodyBytes)} it is too large to be edited here, and is sent as it is. Method, path, headers and signature can be changed.`}
        </p>
      </section>
    );
  }
  const bytes = bytesOf(body);
  const asText = bytes === null ? null : readUtf8(bytes);
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="sr-only">Body</legend>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span aria-hidden="true" className="font-semibold text-t1">
          Body
        </span>
        <label className="flex items-center gap-1.5" title={asText === null ? "These bytes are not UTF-8." : undefined}>
          <Tick
            type="radio"
            name={`${id}-form`}
            checked={body.kind === "text"}
            disabled={asText === null}
            onChange={() => asText !== null && onChange({ kind: "text", text: asText })}
          />
          Text
        </label>
        <label className="flex items-center gap-1.5">
          <Tick
            type="radio"
            name={`${id}-form`}
            checked={body.kind === "hex"}
            onChange={() => bytes !== null && onChange({ kind: "hex", text: toHexText(bytes) })}
          />
          Bytes
        </label>
        <span className="text-t3">{bytes === null ? "" : formatBytes(bytes.length)}</span>
      </div>
      <CodeEditor
        key={body.kind}
        initial={body.text}
        label={body.kind === "text" ? "Body" : "Body in hex digits"}
        isJson={body.kind === "text"}
        isFocusedFirst={isOpening.current}
        describedBy={`${id}-told`}
        isInvalid={fault !== null}
        onChange={(text) => onChange({ kind: body.kind, text })}
      />
      <div id={`${id}-told`} role="status" className="min-h-[1.45em] text-small">
        {fault !== null ? (
          <span className="text-bad">{fault}</span>
        ) : (
          body.kind === "text" && <JsonState text={body.text} />
        )}
      </div>
    </fieldset>
  );
}

function JsonState({ text }: { text: string }) {
  // Typing goes first: what is said of the text may follow a moment later.
  const read = useDeferredValue(text);
  if (read === "") return <span className="text-t3">The body is empty.</span>;
  const fault = jsonFault(read);
  if (fault === null) return <span className="text-t3">Valid JSON.</span>;
  return <span className="text-warn">{`Not JSON, ${fault}. It can be sent all the same.`}</span>;
}
