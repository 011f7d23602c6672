import clsx from "clsx";
import { parseSubject, type SubjectKind } from "#shared/domain/subject.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { PAGE_SUBJECTS } from "../../state/timeline-state.ts";
import { useGoneButton } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";

const KINDS: readonly { readonly kind: SubjectKind | null; readonly label: string }[] = [
  { kind: null, label: "All" },
  { kind: "video", label: "Videos" },
  { kind: "live-stream", label: "Live streams" },
];

/** Which subjects are shown: all, those of a kind, those whose id has a text in it. */
export function SubjectChooser() {
  const app = useApp();
  const choice = useAppState(({ timeline }) => timeline.choice);
  const gone = useGoneButton(true);
  return (
    <>
      <fieldset className="flex rounded-md border border-line bg-s2">
        <legend className="sr-only">Kind</legend>
        {KINDS.map(({ kind, label }) => (
          <button
            key={label}
            type="button"
            aria-pressed={choice.kind === kind}
            onClick={() => app.timeline.choose({ kind, limit: PAGE_SUBJECTS })}
            className={clsx(
              "h-7 rounded-md px-2.5 whitespace-nowrap",
              choice.kind === kind ? "bg-accent-s text-accent" : "text-t3 hover:text-t1",
            )}
            {...gone}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <TextInput
        needsEngine
        type="search"
        aria-label="Find by id"
        placeholder="Find by id"
        value={choice.text}
        className="max-w-72 flex-1 basis-40"
        onChange={({ target }) => app.timeline.choose({ text: idOf(target.value), limit: PAGE_SUBJECTS })}
      />
    </>
  );
}

/** A pasted `video:ID` means the id. */
function idOf(text: string): string {
  const trimmed = text.trim();
  return parseSubject(trimmed)?.id ?? trimmed.slice(0, 200);
}
