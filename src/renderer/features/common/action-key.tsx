import { ariaKeys, keyWords } from "../../actions/key-words.ts";
import { shownKeys } from "../../actions/keys-in-force.ts";
import { useAppState } from "../../app-context.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { isApple } from "../../ui/platform.ts";

/** How the key in force of an action reads, and as `aria-keyshortcuts` says it; undefined where it has none. */
export function useActionKey(id: string): { readonly words: string | undefined; readonly aria: string | undefined } {
  const keys = useAppState((state) => shownKeys(state, id));
  if (keys === undefined) return { words: undefined, aria: undefined };
  return { words: keyWords(keys, isApple()), aria: ariaKeys(keys, isApple()) };
}

/** The key in force of an action, beside the button that does the same; nothing where it has none. */
export function ActionKey({ id, className }: { id: string; className?: string }) {
  const { words } = useActionKey(id);
  return words === undefined ? null : <Kbd {...(className !== undefined && { className })}>{words}</Kbd>;
}
