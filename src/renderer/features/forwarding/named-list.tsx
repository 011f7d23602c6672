import { ArrowDown, ArrowUp, Pencil, Trash2 } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { NeedsEngine } from "../../ui/engine-gone.tsx";
import { type InPlace, useInPlace } from "./use-in-place.ts";
import { type NamedListHandle, type NamedListKey, type NamedLists, useNamedList } from "./use-named-list.ts";

/** What a form is given: what it changes, or null for a new one, and what to do with the result. */
export interface NamedFormProps<T> {
  readonly place: InPlace;
  readonly item: T | null;
  /** Gives what is wrong, or null where it was kept. */
  readonly onSave: (item: T) => Promise<string | null>;
}

interface Props<K extends NamedListKey> {
  readonly listKey: K;
  readonly label: string;
  /** One of them, as in "Add a route". */
  readonly noun: string;
  readonly most: number;
  /** The first one that fits decides, so that their order counts. */
  readonly isOrdered?: true;
  readonly summary: (item: NamedLists[K]) => ReactNode;
  readonly Form: (props: NamedFormProps<NamedLists[K]>) => ReactNode;
}

/** Things with a name, each with what it says and the ways to change it; and a form for one more. */
export function NamedList<K extends NamedListKey>(props: Props<K>) {
  const list = useNamedList(props.listKey);
  const adding = useInPlace();
  const Items = props.isOrdered ? "ol" : "ul";
  return (
    <NeedsEngine>
      {list.items.length > 0 && (
        <Items aria-label={props.label} className="grid">
          {list.items.map((item, index) => (
            <Row key={item.name} {...props} item={item} list={list} index={index} />
          ))}
        </Items>
      )}
      {adding.isOpen ? (
        <props.Form place={adding} item={null} onSave={(item) => list.keep(item, null)} />
      ) : (
        <Button
          ref={adding.opener}
          className="justify-self-start"
          disabled={list.items.length >= props.most}
          title={list.items.length >= props.most ? `There are ${props.most}: remove one first.` : undefined}
          onClick={adding.open}
        >
          Add a {props.noun}
        </Button>
      )}
    </NeedsEngine>
  );
}

interface RowProps<K extends NamedListKey> extends Props<K> {
  readonly item: NamedLists[K];
  readonly list: NamedListHandle<NamedLists[K]>;
  readonly index: number;
}

function Row<K extends NamedListKey>(props: RowProps<K>) {
  const { item, list, index, isOrdered, summary, Form } = props;
  const editing = useInPlace();
  const isFirst = index === 0;
  const isLast = index === list.items.length - 1;
  const move = (step: 1 | -1): void => {
    if (step === -1 ? !isFirst : !isLast) list.move(item, step);
  };
  /** Alt and an arrow, from wherever in the row, as editors move lines. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOrdered || editing.isOpen || !event.altKey) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? -1 : 1);
  };

  if (editing.isOpen) {
    return (
      <li className="py-2">
        <Form place={editing} item={item} onSave={(changed) => list.keep(changed, item.name)} />
      </li>
    );
  }
  return (
    <li
      onKeyDown={onKeyDown}
      className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line/55 py-2 last:border-0"
    >
      {isOrdered && (
        <span aria-hidden="true" className="w-4 text-right text-t3 tabular-nums">
          {index + 1}
        </span>
      )}
      <div className="min-w-0 flex-1 basis-56">{summary(item)}</div>
      <span className="ml-auto flex flex-none">
        {isOrdered && (
          <>
            <IconButton
              label={`Move ${item.name} up`}
              aria-keyshortcuts="Alt+ArrowUp"
              disabled={isFirst}
              onClick={() => move(-1)}
            >
              <ArrowUp aria-hidden="true" size={14} />
            </IconButton>
            <IconButton
              label={`Move ${item.name} down`}
              aria-keyshortcuts="Alt+ArrowDown"
              disabled={isLast}
              onClick={() => move(1)}
            >
              <ArrowDown aria-hidden="true" size={14} />
            </IconButton>
          </>
        )}
        <IconButton ref={editing.opener} label={`Change ${item.name}`} onClick={editing.open}>
          <Pencil aria-hidden="true" size={14} />
        </IconButton>
        <IconButton label={`Remove ${item.name}`} onClick={() => list.remove(item)}>
          <Trash2 aria-hidden="true" size={14} />
        </IconButton>
      </span>
    </li>
  );
}
