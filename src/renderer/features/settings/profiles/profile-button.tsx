import { UserRoundCog } from "lucide-react";
import { useApp, useAppState } from "../../../app-context.ts";
import { setView } from "../../../state/store.ts";
import { SafeText } from "../../../ui/safe-text.tsx";

/** The profile in use, in the status strip; nothing as long as there is only one. */
export function ProfileButton() {
  const app = useApp();
  const name = useAppState(({ mirror }) => {
    const { profiles = [], profile } = mirror?.settings ?? {};
    return profiles.length > 1 ? profiles.find(({ id }) => id === profile)?.name : undefined;
  });
  if (name === undefined) return null;
  return (
    <button
      type="button"
      title="Switch profile"
      aria-keyshortcuts="Shift+P"
      onClick={() => setView(app.store, { dialog: { kind: "profiles" } })}
      className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 text-t2 hover:bg-s2 max-sm:px-1.5"
    >
      <UserRoundCog aria-hidden="true" size={14} className="flex-none text-t3" />
      <span className="sr-only">Profile </span>
      <span className="max-w-32 truncate max-xl:sr-only">
        <SafeText text={name} />
      </span>
    </button>
  );
}
