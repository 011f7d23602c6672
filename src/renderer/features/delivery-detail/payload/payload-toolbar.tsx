import clsx from "clsx";
import { ChevronDown, ChevronUp } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { runAction } from "../../../actions/registry.ts";
import { useApp, useAppState } from "../../../app-context.ts";
import type { PayloadChoice } from "../../../state/app-state.ts";
import { setView } from "../../../state/store.ts";
import { formatCount } from "../../../theme/format.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { ActionKey, useActionKey } from "../../common/action-key.tsx";

interface Search {
  readonly query: string;
  readonly onQuery: (text: string) => void;
  /** How many places or, in a tree, values have it; null while that is not known. */
  readonly found: number | null;
  readonly hasMore: boolean;
  /** Which of what was found is in sight. */
  readonly hit: number;
  readonly onStep: (by: number) => void;
}

/** How the payload is shown, what is looked for in it, and the ways to take it along. */
export function PayloadToolbar(props: {
  shown: "tree" | "formatted" | "exact" | "hex";
  can: { tree: boolean; format: boolean; wrap: boolean };
  search: Search;
}) {
  const { shown, can, search } = props;
  const app = useApp();
  const copyKey = useActionKey("delivery.copyPayload");
  const choice = useAppState(({ view }) => view.payload);
  const choose = (change: Partial<PayloadChoice>): void => setView(app.store, { payload: { ...choice, ...change } });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {shown !== "hex" && (
        <fieldset className="flex rounded-md border border-edge p-px">
          <legend className="sr-only">Show the payload</legend>
          <Choice isPressed={shown === "tree"} isDisabled={!can.tree} onClick={() => choose({ form: "tree" })}>
            Tree
          </Choice>
          <Choice isPressed={shown !== "tree"} onClick={() => choose({ form: "text" })}>
            Text
          </Choice>
        </fieldset>
      )}
      {(shown === "formatted" || shown === "exact") && (
        <>
          <Toggle
            isOn={shown === "formatted"}
            isDisabled={!can.format}
            onClick={() => choose({ isFormatted: !choice.isFormatted })}
          >
            Formatted
          </Toggle>
          <Toggle
            isOn={choice.wraps && can.wrap}
            isDisabled={!can.wrap}
            onClick={() => choose({ wraps: !choice.wraps })}
          >
            Wrap
          </Toggle>
        </>
      )}
      {shown !== "hex" && <FindBox isFilter={shown === "tree"} search={search} />}
      <div className="ml-auto flex gap-1.5">
        <Button needsEngine aria-keyshortcuts={copyKey.aria} onClick={() => runAction(app, "delivery.copyPayload")}>
          Copy <ActionKey id="delivery.copyPayload" />
        </Button>
        {app.shell.capabilities.saveFile && (
          <Button needsEngine onClick={() => runAction(app, "delivery.savePayload")}>
            Save
          </Button>
        )}
      </div>
    </div>
  );
}

function Choice(props: { isPressed: boolean; isDisabled?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={props.isPressed}
      disabled={props.isDisabled}
      onClick={props.onClick}
      className={clsx(
        "h-6 rounded px-2.5 disabled:opacity-55",
        props.isPressed ? "bg-accent-s font-semibold text-accent" : "text-t3 hover:text-t1",
      )}
    >
      {props.children}
    </button>
  );
}

function Toggle(props: { isOn: boolean; isDisabled: boolean; onClick: () => void; children: string }) {
  return (
    <label className="inline-flex min-h-6 items-center gap-1.5 text-t2 has-disabled:opacity-55">
      <input
        type="checkbox"
        checked={props.isOn}
        disabled={props.isDisabled}
        onChange={props.onClick}
        className="size-3.5 accent-accent"
      />
      {props.children}
    </label>
  );
}

/** In a tree it narrows what is shown; in a text it goes from place to place. */
function FindBox({ isFilter, search }: { isFilter: boolean; search: Search }) {
  const { query, onQuery, found, hasMore, hit, onStep } = search;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && query !== "") {
      event.stopPropagation();
      onQuery("");
    }
    if (event.key === "Enter" && !isFilter) onStep(event.shiftKey ? -1 : 1);
  };
  return (
    <div className="flex min-w-0 flex-1 basis-44 items-center gap-1.5">
      <input
        type="search"
        aria-label={isFilter ? "Filter keys and values" : "Find in the payload"}
        placeholder={isFilter ? "Filter keys and values" : "Find"}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-7 min-w-0 flex-1 rounded-md border border-edge bg-s0 px-2 text-t1 placeholder:text-t3"
      />
      <span role="status" className="flex-none text-small text-t3 tabular-nums">
        {found !== null && query !== "" && foundWords(found, hasMore, isFilter ? null : hit)}
      </span>
      {!isFilter && (found ?? 0) > 1 && (
        <>
          <IconButton label="Previous match" onClick={() => onStep(-1)}>
            <ChevronUp aria-hidden="true" size={14} />
          </IconButton>
          <IconButton label="Next match" onClick={() => onStep(1)}>
            <ChevronDown aria-hidden="true" size={14} />
          </IconButton>
        </>
      )}
    </div>
  );
}

function foundWords(found: number, hasMore: boolean, hit: number | null): string {
  if (found === 0) return "Not found";
  const total = `${formatCount(found)}${hasMore ? " and more" : ""}`;
  if (hit === null) return found === 1 ? "1 match" : `${total} matches`;
  return `${formatCount((hit % found) + 1)} of ${total}`;
}
