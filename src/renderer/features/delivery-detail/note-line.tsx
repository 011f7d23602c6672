import { StickyNote } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { focusRegion, isListFocused, keepFocus } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { Button, useGoneButton } from "../../ui/button.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { TextArea } from "../../ui/field.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { useBusy } from "../common/use-busy.ts";

/** As much as the engine keeps. */
const MAX_CHARS = 10_000;

/** What the user has written about a delivery, written where it is read. */
export function NoteLine({ delivery: { id, note } }: { delivery: DeliveryDetail }) {
  const isWriting = useAppState(({ view }) => view.noting?.id === id);
  if (isWriting) return <NoteForm id={id} note={note ?? ""} />;
  if (note === undefined) return null;
  return <Note id={id} note={note} />;
}

function Note({ id, note }: { id: string; note: string }) {
  const app = useApp();
  const gone = useGoneButton(true);
  return (
    <button
      type="button"
      aria-label="Edit note"
      onClick={() => setView(app.store, { noting: { id, text: null } })}
      // A note is read, whether it can be changed or not.
      className="mt-1.5 flex max-h-24 min-h-6 w-full items-start gap-2 overflow-auto rounded-md bg-s2 px-2 py-1 text-left text-t1 hover:bg-s3 aria-disabled:opacity-100"
      {...gone}
    >
      <StickyNote aria-hidden="true" size={14} className="mt-0.5 flex-none text-warn" />
      <span className="min-w-0 whitespace-pre-wrap wrap-anywhere">
        <SafeText text={note} keepLines />
      </span>
    </button>
  );
}

/** Enter keeps what is written, Shift and Enter begin a line, Esc leaves the note as it was. */
function NoteForm({ id, note }: { id: string; note: string }) {
  const app = useApp();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isFromList] = useState(isListFocused);
  // Another delivery may have been looked at meanwhile.
  const [begun] = useState(() => app.store.getState().view.noting?.text ?? note);
  const { isBusy, run } = useBusy();

  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);

  const close = (): void => {
    const hasFocus = field.current?.form?.contains(document.activeElement) === true;
    setView(app.store, { noting: null });
    if (hasFocus && !isFromList) focusRegion("detail");
    else keepFocus();
  };
  const save = (): void =>
    run(async () => {
      await app.client.call("deliveries.note", { id, note: field.current?.value.trim() ?? "" });
      close();
    });
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing)
      event.currentTarget.form?.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <EngineForm onSubmit={save} className="mt-1.5 flex flex-wrap items-end gap-2">
      <TextArea
        ref={field}
        aria-label="Note"
        rows={2}
        maxLength={MAX_CHARS}
        defaultValue={begun}
        onChange={({ target }) => setView(app.store, { noting: { id, text: target.value } })}
        onKeyDown={onKeyDown}
        className="min-h-12 flex-1 basis-48 resize-y py-1"
      />
      <div className="flex gap-1.5">
        <Button needsEngine={false} onClick={close}>
          Cancel
        </Button>
        <Button type="submit" disabled={isBusy}>
          Keep note
        </Button>
      </div>
    </EngineForm>
  );
}
