import { useEffect, useState } from "react";
import type { ReplayPreview } from "#shared/contract/replay-commands.ts";
import { useApp } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { useEngineGone } from "../../ui/engine-gone.tsx";
import { type Draft, type Original, toEdits, toSign } from "./draft.ts";

/** So long nothing is typed before the engine is asked. */
const PAUSE_MS = 200;

/** What the engine says of a draft; `of` is the draft that it was asked about. */
export type PreviewState =
  | { readonly kind: "none" }
  | { readonly kind: "ready"; readonly of: Draft; readonly value: ReplayPreview }
  | { readonly kind: "failed"; readonly of: Draft; readonly message: string };

/**
 * Asks the engine what would be sent, once nothing is typed for a moment, and when it is back after it was gone; drafts with
 * faults are not asked about.
 */
export function usePreview(draft: Draft, original: Original, isFaulty: boolean): PreviewState {
  const app = useApp();
  const isGone = useEngineGone(true) !== null;
  const [state, setState] = useState<PreviewState>({ kind: "none" });

  useEffect(() => {
    if (isFaulty || isGone) return;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const target = draft.target.trim();
      try {
        const value = await app.client.call("replay.preview", {
          id: original.id,
          edits: toEdits(draft, original),
          sign: toSign(draft),
          ...(target !== "" && { target }),
        });
        if (isCurrent) setState({ kind: "ready", of: draft, value });
      } catch (error) {
        if (isCurrent) setState({ kind: "failed", of: draft, message: toMessage(error) });
      }
    };
    // Its failure is part of the state.
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [app, draft, original, isFaulty, isGone]);

  return state;
}
