import { type MouseEvent, useState } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { useApp } from "../../../app-context.ts";
import type { LoadedBody } from "../../../state/app-state.ts";
import { FIRST_PART_BYTES } from "../../../state/detail-loader.ts";
import { formatBytes } from "../../../theme/format.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { CopyButton } from "../../common/copy-button.tsx";
import { PayloadView } from "./payload-view.tsx";
import { useBodyReader } from "./use-body-reader.ts";
import { WithBody } from "./with-body.tsx";

/** The body: as a tree, as text exactly as it came or with white space for reading, or as bytes. */
export function PayloadTab({ delivery }: { delivery: DeliveryDetail }) {
  if (delivery.bodyBytes === 0) return <p className="text-t3">The delivery has no body.</p>;
  return <WithBody id={delivery.id}>{(body) => <Payload delivery={delivery} body={body} />}</WithBody>;
}

function Payload({ delivery, body }: { delivery: DeliveryDetail; body: LoadedBody }) {
  // While the rest comes in, part by part, the first part stays in sight: to read each longer part would be for nothing.
  const isBetween = body.bytes.length > FIRST_PART_BYTES && body.bytes.length < body.totalBytes;
  const [read, setRead] = useState(body);
  if (!isBetween && read.bytes !== body.bytes) setRead(body);
  const isPart = read.bytes.length < read.totalBytes;
  const state = useBodyReader(read.bytes, isPart || delivery.incomplete !== undefined);
  const { bodySha256 } = delivery;
  return (
    <div className="grid gap-3">
      <HiddenPart body={body} />
      {state.kind === "reading" && (
        <p role="status" className="appear-late text-t3">
          Reading {formatBytes(body.bytes.length)}
        </p>
      )}
      {state.kind === "failed" && (
        <Notice tone="bad">
          <b>The payload could not be read.</b> {state.message} Save it to look at it elsewhere.
        </Notice>
      )}
      {state.kind === "ready" && (
        // Bytes that came later are another text: what was open or found in the old one does not fit it.
        <PayloadView key={state.bytes.length} delivery={delivery} ready={state} />
      )}
      <p className="flex flex-wrap items-center gap-x-2 text-small text-t3">
        {formatBytes(body.totalBytes)} · SHA-256
        <span className="flex min-w-0 items-center gap-2">
          <code className="wrap-anywhere">{bodySha256}</code>
          <CopyButton text={bodySha256} label="Copy SHA-256" />
        </span>
      </p>
    </div>
  );
}

/** How much of a long body is not there yet, and how to get it. */
function HiddenPart({ body }: { body: LoadedBody }) {
  const app = useApp();
  const missing = body.totalBytes - body.bytes.length;
  if (missing === 0) return null;
  const loadAll = ({ currentTarget }: MouseEvent<HTMLElement>): void => {
    // The button goes once all is there: who reads on by keyboard does so in what it was about.
    currentTarget.closest<HTMLElement>("[role=tabpanel]")?.focus();
    app.attempt(app.detail.loadWholeBody);
  };
  return (
    <Notice
      tone="info"
      action={
        <Button needsEngine disabled={body.phase === "loading"} onClick={loadAll}>
          {body.phase === "loading" ? "Loading" : "Load all"}
        </Button>
      }
    >
      The first {formatBytes(body.bytes.length)} of {formatBytes(body.totalBytes)} are shown; {formatBytes(missing)} are
      not loaded.
    </Notice>
  );
}
