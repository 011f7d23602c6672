import clsx from "clsx";
import { DropdownMenu } from "radix-ui";
import { Fragment, useRef, useState } from "react";
import { ACTION_GROUPS, type GroupedAction } from "../../actions/registry.ts";
import { useApp } from "../../app-context.ts";
import type { AppState, OpenedMenu } from "../../state/app-state.ts";
import { setView } from "../../state/store.ts";
import { closeOnEscape } from "../../ui/close-on-escape.ts";
import { useEngineGone } from "../../ui/engine-gone.tsx";
import { ActionKey, useActionKey } from "../common/action-key.tsx";
import { ActionIcon } from "./action-icon.tsx";

/**
 * What can be done with the selected delivery: one menu for the list's other mouse button, the menu key and the button in
 * the detail. The focus goes back to where it was before the action runs, so that what the action opens finds its way
 * back there too.
 */
export function DeliveryMenu({ at }: { at: OpenedMenu }) {
  const app = useApp();
  const [opener] = useState(() => document.activeElement);
  const isLeft = useRef(false);
  const chosen = useRef<GroupedAction | null>(null);
  // What the menu offers is what could be done when it was opened: nothing in it moves under the pointer.
  const [groups] = useState(() => menuGroups(app.store.getState()));

  const close = (): void => setView(app.store, { menu: null });
  const afterClose = (event: Event): void => {
    event.preventDefault();
    // Who clicks elsewhere has the focus there.
    if (opener instanceof HTMLElement && (chosen.current !== null || !isLeft.current)) opener.focus();
    chosen.current?.run(app);
  };

  return (
    // Not modal: the rest of the window stays what it is to a screen reader, and one click beside the menu is enough.
    <DropdownMenu.Root open modal={false} onOpenChange={(isOpen) => !isOpen && close()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" className="pointer-events-none fixed size-0" style={{ left: at.x, top: at.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={opener?.closest<HTMLElement>("main, section") ?? null}>
        <DropdownMenu.Content
          align="start"
          collisionPadding={8}
          aria-label="Delivery"
          // The trigger, which would name it, is a mere point.
          aria-labelledby={undefined}
          onCloseAutoFocus={afterClose}
          onKeyDown={closeOnEscape(close)}
          onInteractOutside={() => {
            isLeft.current = true;
          }}
          ref={at.isByKey ? focusFirstEntry : null}
          onContextMenu={(event) => event.preventDefault()}
          className="z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-56 max-w-[calc(100vw-1rem)] overflow-auto rounded-lg border border-line bg-s1 p-1 text-t1 shadow-xl"
        >
          {groups.map(({ title, entries }, index) => (
            <Fragment key={title}>
              {index > 0 && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
              {entries.map(({ action, label }) => (
                <MenuEntry
                  key={action.id}
                  action={action}
                  label={label}
                  onSelect={() => {
                    chosen.current = action;
                  }}
                />
              ))}
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuEntry({ action, label, onSelect }: { action: GroupedAction; label: string; onSelect: () => void }) {
  const { aria } = useActionKey(action.id);
  const gone = useEngineGone(action.needsEngine);
  return (
    <DropdownMenu.Item
      disabled={gone !== null}
      title={gone ?? undefined}
      onSelect={onSelect}
      aria-keyshortcuts={aria}
      className={clsx(
        "flex min-h-7 cursor-default items-center gap-2.5 rounded-md px-2 aria-disabled:opacity-55 data-highlighted:bg-sel data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-accent",
        action.isDangerous && "text-bad",
      )}
    >
      <ActionIcon action={action} />
      <span className="flex-1">{label}</span>
      <ActionKey id={action.id} />
    </DropdownMenu.Item>
  );
}

/** After Radix has given the focus to the menu itself, as it does for whoever points. */
function focusFirstEntry(menu: HTMLElement | null): void {
  requestAnimationFrame(() => menu?.querySelector<HTMLElement>('[role="menuitem"]')?.focus());
}

interface MenuGroup {
  readonly title: string;
  readonly entries: readonly { readonly action: GroupedAction; readonly label: string }[];
}

/** Everything of the group "Delivery" that can be done now, what destroys apart from the rest. */
function menuGroups(state: AppState): readonly MenuGroup[] {
  const actions = ACTION_GROUPS.filter(({ title }) => title === "Delivery")
    .flatMap((group) => group.actions)
    .filter(({ isKeyOnly, when }) => !isKeyOnly && (when?.(state) ?? true));
  const entries = actions.map((action) => ({ action, label: action.labelNow?.(state) ?? action.label }));
  return [
    { title: "harmless", entries: entries.filter(({ action }) => !action.isDangerous) },
    { title: "dangerous", entries: entries.filter(({ action }) => action.isDangerous) },
  ].filter((group) => group.entries.length > 0);
}
