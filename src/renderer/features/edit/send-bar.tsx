import { Send } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { NeedsEngine } from "../../ui/engine-gone.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Notice } from "../../ui/notice.tsx";
import { isApple } from "../../ui/platform.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { AllowHostButton } from "../connection/allow-host.tsx";
import { type CheckWords, checkWords } from "./check-words.ts";
import type { Draft } from "./draft.ts";
import type { SendFailure } from "./send-edited.ts";
import type { PreviewState } from "./use-preview.ts";

interface Props {
  readonly preview: PreviewState;
  readonly draft: Draft;
  readonly changed: readonly string[];
  readonly isFaulty: boolean;
  readonly isBusy: boolean;
  readonly failure: SendFailure | null;
  readonly isAsking: boolean;
  readonly onSend: () => void;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Before it is sent: whether the receiver's check will pass, what was changed, and where it goes. */
export function SendBar(props: Props) {
  const { preview, isFaulty, isBusy, failure } = props;
  const check = useCheck(props);
  const url = !isFaulty && preview.kind === "ready" ? preview.value.url : null;
  return (
    <NeedsEngine>
      <div className="grid gap-2">
        <div role="status" className="grid gap-1">
          {check !== null && (
            <Notice tone={check.tone}>
              <SafeText text={check.text} />
            </Notice>
          )}
        </div>
        {failure !== null && (
          <div role="alert" className="flex flex-wrap items-center gap-2 text-bad">
            <span className="min-w-0 flex-1 basis-48 wrap-anywhere">{failure.message}</span>
            {failure.hostToAllow !== null && <AllowHostButton host={failure.hostToAllow} />}
          </div>
        )}
        {props.isAsking ? (
          <Question onStay={props.onStay} onLeave={props.onLeave} />
        ) : (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <p className="min-w-0 flex-1 basis-56 text-t3 wrap-anywhere">
              {changedSentence(props.changed)}
              {url !== null && (
                <>
                  {" It goes to "}
                  <code className="text-t2">
                    <SafeText text={url} />
                  </code>
                  .
                </>
              )}
            </p>
            <Button
              look="primary"
              disabled={isBusy || isFaulty}
              aria-keyshortcuts={isApple() ? "Meta+Enter" : "Control+Enter"}
              onClick={props.onSend}
            >
              <Send aria-hidden="true" size={14} />
              {isBusy ? "Waiting for your server" : "Send"}
              <Kbd>{isApple() ? "⌘ Enter" : "Ctrl Enter"}</Kbd>
            </Button>
          </div>
        )}
      </div>
    </NeedsEngine>
  );
}

/** What was last known of the check, while the engine is asked anew; of what cannot be sent, why. */
function useCheck({ preview, draft, changed, isFaulty }: Props): CheckWords | null {
  if (isFaulty) return { tone: "bad", text: "It cannot be sent yet: something above is not as it must be." };
  if (preview.kind === "failed") return { tone: "bad", text: preview.message };
  if (preview.kind === "none") return null;
  const isBodyChanged = changed.some((part) => part.startsWith("body"));
  return checkWords(preview.value, draft.sign, isBodyChanged);
}

function changedSentence(changed: readonly string[]): string {
  if (changed.length === 0) return "Nothing is changed: it is sent as it is, and nothing new is kept.";
  return `Changed: ${changed.join(", ")}.`;
}

/** Esc would lose what was edited, so it asks. */
function Question({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const answer = useRef<HTMLButtonElement>(null);
  useEffect(() => answer.current?.focus(), []);
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center justify-end gap-2">
      <legend className="float-left min-w-0 flex-1 basis-40 font-semibold text-t1">Lose your edits?</legend>
      <Button ref={answer} needsEngine={false} onClick={onStay}>
        Keep editing
      </Button>
      <Button look="danger" needsEngine={false} onClick={onLeave}>
        Lose them
      </Button>
    </fieldset>
  );
}
