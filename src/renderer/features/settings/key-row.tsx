import clsx from "clsx";
import { Plus, RotateCcw } from "lucide-react";
import { useRef, useState } from "react";
import type { Action } from "../../actions/action.ts";
import { keyWords } from "../../actions/key-words.ts";
import { IconButton, useGoneButton } from "../../ui/button.tsx";
import { isApple } from "../../ui/platform.ts";
import { KeyRecorder } from "./key-recorder.tsx";
import type { KeyChanges } from "./use-key-changes.ts";

interface Props {
  readonly action: Action;
  readonly keys: readonly string[];
  readonly changes: KeyChanges;
}

/** More than these nobody remembers; the setting takes no more either. */
const MAX_KEYS = 4;

/** One action with its keys: each is a button that changes it, another adds one. */
export function KeyRow({ action, keys, changes }: Props) {
  /** Which key is being changed; null is a new one, undefined none. */
  const [edited, setEdited] = useState<string | null | undefined>(undefined);
  const opener = useRef<HTMLButtonElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const gone = useGoneButton();
  const isChanged = changes.changedIds.includes(action.id);

  const edit = (button: HTMLButtonElement, one: string | null): void => {
    opener.current = button;
    setEdited(one);
  };
  const cancel = (): void => {
    setEdited(undefined);
    opener.current?.focus();
  };
  const change = (added: string | null): void => {
    changes.change({ id: action.id, replaced: edited ?? null, added });
    setEdited(undefined);
    // The button that was pressed may be gone with its key; the one beside it always stays.
    addButton.current?.focus();
  };

  return (
    <li className="border-b border-line/55 py-0.5 last:border-b-0">
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="min-w-0 flex-1 basis-36">{action.label}</span>
        <span className="ml-auto flex flex-wrap items-center justify-end gap-1">
          {keys.map((one) => (
            <button
              key={one}
              type="button"
              aria-label={`Change ${keyWords(one, isApple())} of ${action.label}`}
              onClick={(event) => edit(event.currentTarget, one)}
              className={clsx(
                "h-6 min-w-6 rounded border border-b-2 border-edge px-1.5 font-mono text-small hover:bg-s3",
                changes.rests(one) ? "border-dashed text-t3" : "text-t1",
              )}
              {...(changes.rests(one) && { title: "Rests: single keys are switched off" })}
              {...gone}
            >
              {keyWords(one, isApple())}
            </button>
          ))}
          <IconButton
            ref={addButton}
            label={`Add a key for ${action.label}`}
            disabled={keys.length >= MAX_KEYS}
            onClick={(event) => edit(event.currentTarget, null)}
          >
            <Plus aria-hidden="true" size={14} />
          </IconButton>
          {isChanged ? (
            <IconButton
              label={`Reset the keys of ${action.label}`}
              onClick={() => {
                changes.reset(action);
                addButton.current?.focus();
              }}
            >
              <RotateCcw aria-hidden="true" size={14} />
            </IconButton>
          ) : (
            <span className="size-6" />
          )}
        </span>
      </div>
      {edited !== undefined && (
        <KeyRecorder
          label={edited === null ? `New key for ${action.label}` : `Key instead of ${keyWords(edited, isApple())}`}
          remarksOn={(recorded) => changes.remarksOn(action, recorded)}
          onKeep={change}
          onCancel={cancel}
          onRemove={edited === null ? undefined : () => change(null)}
        />
      )}
    </li>
  );
}
