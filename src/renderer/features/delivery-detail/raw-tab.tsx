import { useMemo } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { readUtf8 } from "#shared/utf8.ts";
import { useApp } from "../../app-context.ts";
import type { LoadedBody } from "../../state/app-state.ts";
import { formatBytes, formatMs } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { CodeText } from "../../ui/safe-text.tsx";
import type { BodyReading } from "./payload/body-reading.ts";
import { NO_MARKS } from "./payload/pieces.ts";
import { exactSource, hexSource } from "./payload/row-source.ts";
import { canWrap, TextView } from "./payload/text-view.tsx";
import { useBodyReader } from "./payload/use-body-reader.ts";
import { WithBody } from "./payload/with-body.tsx";
import { answerLine, requestHead } from "./raw-message.ts";

/** The request and our answer as HTTP messages, with nothing in them that was not kept. */
export function RawTab({ delivery }: { delivery: DeliveryDetail }) {
  return (
    <div className="grid gap-4">
      {delivery.bodyBytes === 0 ? (
        <Request delivery={delivery} body={null} />
      ) : (
        <WithBody id={delivery.id}>{(body) => <Request delivery={delivery} body={body} />}</WithBody>
      )}
      <Answer delivery={delivery} />
      <p className="max-w-3xl text-small text-t3">
        Kept are method, path, headers and the exact body. Not kept, and so not shown, are the HTTP version, how the
        body was cut into chunks, and what the tunnel changed on the way.
      </p>
    </div>
  );
}

function Request({ delivery, body }: { delivery: DeliveryDetail; body: LoadedBody | null }) {
  const head = requestHead(delivery);
  return (
    <Card title="Request" aside={<CopyRequest head={head} body={body} />}>
      <pre className="font-mono text-code leading-[1.6] whitespace-pre-wrap wrap-anywhere text-t2">
        <HeadLines head={head} />
      </pre>
      {body !== null && <RawBody key={delivery.id} delivery={delivery} body={body} />}
    </Card>
  );
}

/** Line by line, so that a line end inside a value is seen as the character that it is. */
function HeadLines({ head }: { head: string }) {
  // The last line end is that of the empty line, not the beginning of another.
  const lines = head.replace(/\n$/, "").split("\n");
  return lines.map((line, index) => (
    // A line is its place in a message that never changes.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <span key={index} className={index === 0 ? "block font-semibold text-t1" : "block min-h-[1.6em]"}>
      <CodeText text={line} />
    </span>
  ));
}

function RawBody({ delivery, body }: { delivery: DeliveryDetail; body: LoadedBody }) {
  const isPart = body.bytes.length < body.totalBytes;
  const state = useBodyReader(body.bytes, isPart || delivery.incomplete !== undefined);
  if (state.kind !== "ready") {
    return <p className="text-t3">{state.kind === "failed" ? state.message : ""}</p>;
  }
  return (
    <div className="mt-1 grid gap-2">
      <BodyText bytes={state.bytes} reading={state.reading} />
      {isPart && (
        <p className="text-small text-t3">
          The first {formatBytes(body.bytes.length)} of {formatBytes(body.totalBytes)}. Payload loads and saves the
          rest.
        </p>
      )}
    </div>
  );
}

function BodyText({ bytes, reading }: { bytes: Uint8Array; reading: BodyReading }) {
  const source = useMemo(
    () =>
      reading.kind === "binary"
        ? hexSource(bytes)
        : exactSource(bytes, reading.rows, reading.json?.index ?? null, NO_MARKS),
    [bytes, reading],
  );
  return <TextView source={source} label="Body" wraps={reading.kind === "text" && canWrap(source)} />;
}

/** Head and body as one text; a body that is no text, or not all there, stays out and the button says so. */
function CopyRequest({ head, body }: { head: string; body: LoadedBody | null }) {
  const app = useApp();
  const text = useMemo(() => (body === null ? "" : bodyText(body)), [body]);
  const copy = (): void =>
    app.attempt(async () => {
      await app.shell.copyText(head + (text ?? ""));
      app.toast(
        text === null ? "The head is copied. The body is no whole text: save it from Payload." : "Request copied.",
      );
    });
  return <Button onClick={copy}>{text === null ? "Copy head" : "Copy request"}</Button>;
}

/** Bigger bodies are saved, not copied. */
const MAX_COPIED_BYTES = 1024 * 1024;

function bodyText({ bytes, totalBytes }: LoadedBody): string | null {
  if (bytes.length < totalBytes || bytes.length > MAX_COPIED_BYTES) return null;
  // A clipboard of text would change what is not UTF-8.
  return readUtf8(bytes);
}

function Answer({ delivery }: { delivery: DeliveryDetail }) {
  const line = answerLine(delivery);
  const { answered, incomplete } = delivery;
  return (
    <Card title="Our answer" aside={answered === null ? undefined : `${formatMs(answered.ms)} after the first byte`}>
      {line === null ? (
        <p className="text-t3">
          {incomplete === undefined
            ? "No answer is known: it was given just before the app stopped, or this delivery never came over the wire."
            : "No answer went out: the sender was gone."}
        </p>
      ) : (
        <>
          <pre className="font-mono text-code font-semibold text-t1">{line}</pre>
          <p className="mt-1 text-t3">With an empty body. Its headers are not kept; among them is Content-Length: 0.</p>
        </>
      )}
    </Card>
  );
}
