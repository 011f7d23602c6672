import { useEffect, useState } from "react";
import { readUtf8 } from "#shared/utf8.ts";
import { useApp } from "../../app-context.ts";
import { fromBase64 } from "../../client/base64.ts";
import { toMessage } from "../../client/to-message.ts";
import type { Loaded } from "../../state/app-state.ts";
import { useEngineGone } from "../../ui/engine-gone.tsx";
import type { Draft, DraftBody, Original } from "./draft.ts";
import { toHexText } from "./hex-text.ts";

/** More than an editor should be asked to hold. */
const MAX_EDITABLE_BYTES = 1024 * 1024;

/** What there is to edit, and how it stands before anything is edited. */
export interface Opened {
  readonly original: Original;
  readonly draft: Draft;
}

/**
 * Fetches a delivery as it would be sent, with its body where that is small enough for an editor; once more when the engine
 * is back that went away meanwhile. What is there stays: it may be edited by then.
 */
export function useOriginal(id: string): Loaded<Opened> {
  const app = useApp();
  const isGone = useEngineGone(true) !== null;
  const [state, setState] = useState<Loaded<Opened>>({ kind: "loading" });
  const isThere = state.kind === "ready";

  useEffect(() => {
    if (isGone || isThere) return;
    let isCurrent = true;
    const load = async (): Promise<void> => {
      try {
        const [kept, signed] = await Promise.all([
          app.client.call("replay.preview", { id }),
          app.client.call("replay.preview", { id, sign: "webhook" }),
        ]);
        const { method, path, headers, bodyBytes } = kept;
        const body = bodyBytes > MAX_EDITABLE_BYTES ? null : await loadBody(bodyBytes);
        const original = { id, method, path, headers, body, bodyBytes };
        const draft: Draft = {
          ...{ method, path, secret: "", target: "" },
          headers: headers.map(([name, value], index) => ({ id: index + 1, name, value })),
          body: toDraftBody(body),
          // Signed anew where that can be done: who edits a body mostly wants it to be accepted.
          sign: signed.problem === undefined ? "webhook" : "keep",
        };
        if (isCurrent) setState({ kind: "ready", value: { original, draft } });
      } catch (error) {
        if (isCurrent) setState({ kind: "failed", message: toMessage(error) });
      }
    };
    const loadBody = async (bodyBytes: number): Promise<Uint8Array> => {
      if (bodyBytes === 0) return new Uint8Array();
      return fromBase64((await app.client.call("deliveries.body", { id })).base64);
    };
    // Its failure is part of the state.
    void load();
    return () => {
      isCurrent = false;
    };
  }, [app, id, isGone, isThere]);

  return state;
}

function toDraftBody(body: Uint8Array | null): DraftBody {
  if (body === null) return { kind: "unread" };
  const text = readUtf8(body);
  return text === null ? { kind: "hex", text: toHexText(body) } : { kind: "text", text };
}
