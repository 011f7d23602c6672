import { type KeyboardEvent, useId, useState } from "react";
import { MAX_PRESSES } from "#shared/domain/keys.ts";
import { keyWords } from "../../actions/key-words.ts";
import { toPress } from "../../actions/record-keys.ts";
import { Button } from "../../ui/button.tsx";
import { useEngineGone } from "../../ui/engine-gone.tsx";
import { TextInput } from "../../ui/field.tsx";
import { isApple } from "../../ui/platform.ts";

interface Props {
  readonly label: string;
  /** What is to be known of these keys before they are kept. */
  readonly remarksOn: (keys: string) => readonly string[];
  readonly onKeep: (keys: string) => void;
  readonly onCancel: () => void;
  /** Absent where there is nothing yet to be removed. */
  readonly onRemove?: (() => void) | undefined;
}

/**
 * Takes down the keys that are pressed, one press or two in a row. Tab leads on and Esc out, so nobody is trapped; these
 * two, Enter and Backspace can be recorded only beside a modifier.
 */
export function KeyRecorder({ label, remarksOn, onKeep, onCancel, onRemove }: Props) {
  const id = useId();
  const isGone = useEngineGone() !== null;
  const [presses, setPresses] = useState<readonly string[]>([]);
  const keys = presses.join(" ");
  const words = keys === "" ? "" : keyWords(keys, isApple());

  const record = (event: KeyboardEvent): void => {
    const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
    const isAltGraph = event.getModifierState("AltGraph");
    const press = toPress({ key, ctrlKey, altKey, shiftKey, metaKey, isAltGraph }, isApple());
    if (press === null || event.repeat) return;
    setPresses(presses.length === MAX_PRESSES ? [press] : [...presses, press]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isHeld = event.ctrlKey || event.altKey || event.shiftKey || event.metaKey;
    if (event.key === "Tab" || (isGone && event.key !== "Escape")) return;
    event.preventDefault();
    if (isHeld) record(event);
    else if (event.key === "Escape") onCancel();
    else if (event.key === "Backspace") setPresses(presses.slice(0, -1));
    else if (event.key !== "Enter") record(event);
    else if (keys !== "") onKeep(keys);
  };

  return (
    <div className="grid gap-1.5 rounded-md bg-s2 p-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <TextInput
          readOnly
          autoFocus
          aria-label={label}
          aria-describedby={`${id}-how`}
          placeholder="Press the keys"
          value={words}
          onKeyDown={onKeyDown}
          className="w-auto flex-1 basis-32 font-mono"
        />
        <Button look="primary" className="h-8" disabled={keys === ""} onClick={() => onKeep(keys)}>
          Keep
        </Button>
        {onRemove !== undefined && (
          <Button className="h-8" onClick={onRemove}>
            Remove
          </Button>
        )}
        <Button needsEngine={false} className="h-8" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <p id={`${id}-how`} className="text-small text-t3">
        Press a key, or two in a row, then Enter. Esc leaves it as it was.
      </p>
      <div role="status" className="grid gap-0.5 text-warn empty:hidden">
        {words !== "" && <span className="sr-only">{words}</span>}
        {keys !== "" && remarksOn(keys).map((remark) => <span key={remark}>{remark}</span>)}
      </div>
    </div>
  );
}
