import clsx from "clsx";
import { useMemo } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { LoadedBody } from "../../state/app-state.ts";
import { setView } from "../../state/store.ts";
import { formatBytes } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ActionKey, useActionKey } from "../common/action-key.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { formatJson, readText, type TextRow, toHexRows, toRows } from "./payload-text.ts";
import { TextView } from "./text-view.tsx";

/** The body: exactly as it came, or with white space for reading. */
export function PayloadTab({ delivery }: { delivery: DeliveryDetail }) {
  const app = useApp();
  const body = useAppState((state) => state.body);
  if (delivery.bodyBytes === 0) return <p className="text-t3">The delivery has no body.</p>;
  if (body === null || body.id !== delivery.id || (body.bytes.length === 0 && body.phase === "loading")) {
    return (
      <p role="status" className="appear-late text-t3">
        Loading the payload
      </p>
    );
  }
  if (body.phase === "failed") {
    return (
      <Notice tone="bad" action={<Button onClick={() => app.attempt(app.detail.needBody)}>Try again</Button>}>
        <b>The payload could not be loaded.</b> {body.message}
      </Notice>
    );
  }
  return <Payload body={body} sha256={delivery.bodySha256} />;
}

function Payload({ body, sha256 }: { body: LoadedBody; sha256: string }) {
  const app = useApp();
  const form = useAppState(({ view }) => view.payloadForm);
  const { shown, rows } = useMemo(() => read(body, form), [body, form]);
  const { aria } = useActionKey("delivery.copyPayload");
  const missing = body.totalBytes - body.bytes.length;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {shown !== "hex" && <FormToggle isFormattable={shown !== "text"} />}
        <span className="text-t3">{WORDS[shown]}</span>
        <Button className="ml-auto" aria-keyshortcuts={aria} onClick={() => runAction(app, "delivery.copyPayload")}>
          Copy <ActionKey id="delivery.copyPayload" />
        </Button>
      </div>
      {missing > 0 && (
        <Notice
          tone="info"
          action={
            <Button disabled={body.phase === "loading"} onClick={() => app.attempt(app.detail.loadWholeBody)}>
              {body.phase === "loading" ? "Loading" : "Load all"}
            </Button>
          }
        >
          The first {formatBytes(body.bytes.length)} of {formatBytes(body.totalBytes)} are shown; {formatBytes(missing)}{" "}
          are not loaded.
        </Notice>
      )}
      <TextView
        rows={rows}
        label="Payload"
        isJson={shown === "formatted" || shown === "exact"}
        wraps={shown !== "hex"}
      />
      <p className="flex flex-wrap items-center gap-x-2 text-small text-t3">
        {formatBytes(body.totalBytes)} · SHA-256 <code className="wrap-anywhere">{sha256}</code>
        <CopyButton text={sha256} label="Copy SHA-256" />
      </p>
    </div>
  );
}

type Shown = "formatted" | "exact" | "text" | "hex";

const WORDS: Readonly<Record<Shown, string>> = {
  formatted: "White space is added for reading; the signature is over the exact bytes.",
  exact: "The bytes as they came, which is what was signed.",
  text: "Not JSON: shown as it came.",
  hex: "Not UTF-8 text: shown as bytes.",
};

function read(body: LoadedBody, form: "formatted" | "exact"): { shown: Shown; rows: TextRow[] } {
  const isCut = body.bytes.length < body.totalBytes;
  const read = readText(body.bytes, isCut);
  if (read.kind === "binary") return { shown: "hex", rows: toHexRows(body.bytes) };
  // A part of a JSON text is none, so it cannot be formatted until all of it is there.
  if (isCut) return { shown: "exact", rows: toRows(read.text) };
  const formatted = formatJson(read.text);
  if (formatted === null) return { shown: "text", rows: toRows(read.text) };
  return form === "formatted" ? { shown: form, rows: toRows(formatted) } : { shown: form, rows: toRows(read.text) };
}

function FormToggle({ isFormattable }: { isFormattable: boolean }) {
  const app = useApp();
  const form = useAppState(({ view }) => view.payloadForm);
  return (
    <fieldset disabled={!isFormattable} className="flex rounded-md border border-edge p-px disabled:opacity-55">
      <legend className="sr-only">Show the payload</legend>
      {(["formatted", "exact"] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={form === choice}
          onClick={() => setView(app.store, { payloadForm: choice })}
          className={clsx(
            "h-6 rounded px-2.5",
            form === choice ? "bg-accent-s font-semibold text-accent" : "text-t3 hover:text-t1",
          )}
        >
          {choice === "formatted" ? "Formatted" : "Exact"}
        </button>
      ))}
    </fieldset>
  );
}
