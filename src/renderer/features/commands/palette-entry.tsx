import clsx from "clsx";
import { Command } from "cmdk";
import { ChevronRight } from "lucide-react";
import { Kbd } from "../../ui/kbd.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { ActionIcon } from "./action-icon.tsx";
import type { Entry } from "./entries.ts";

/** One line of the palette. Its text may be a sender's. */
export function PaletteEntry({ entry, onChoose }: { entry: Entry; onChoose: (entry: Entry) => void }) {
  const { id, label, detail, keys, action, choices, icon: Icon } = entry;
  return (
    <Command.Item
      value={id}
      onSelect={() => onChoose(entry)}
      className={clsx(
        "flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1 text-t1",
        "aria-selected:bg-sel aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-accent",
        action?.isDangerous && "text-bad",
      )}
    >
      {action !== undefined && <ActionIcon action={action} />}
      {Icon !== undefined && <Icon aria-hidden="true" size={15} className="flex-none text-t3" />}
      <span className="min-w-0 flex-1">
        <SafeText text={label} />
        {detail !== undefined && (
          <span className="ml-2 font-mono text-small text-t3">
            <SafeText text={detail} />
          </span>
        )}
      </span>
      {keys !== null && (
        <>
          <Kbd className="flex-none text-t3">{keys}</Kbd>
          <span className="sr-only">, key {keys}</span>
        </>
      )}
      {choices !== undefined && <ChevronRight aria-hidden="true" size={14} className="flex-none text-t3" />}
    </Command.Item>
  );
}
