import { Check } from "lucide-react";
import { useApp } from "../../../app-context.ts";
import { setView } from "../../../state/store.ts";
import { Button, useGoneButton } from "../../../ui/button.tsx";
import { Modal } from "../../../ui/modal.tsx";
import { SafeText } from "../../../ui/safe-text.tsx";
import { profileWords } from "./profile-words.ts";
import { useProfiles } from "./use-profiles.ts";

/** Switches to another profile from wherever one is. */
export function ProfileDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const { profiles, activeId, use } = useProfiles();
  const gone = useGoneButton(true);
  const manage = (): void => setView(app.store, { dialog: null, area: "settings", section: "profiles" });
  return (
    <Modal title="Switch profile" description="Tunnel and webhook move at once." onClose={onClose}>
      <ul className="grid gap-1">
        {profiles.map((profile) => (
          <li key={profile.id}>
            <button
              type="button"
              aria-current={profile.id === activeId ? "true" : undefined}
              onClick={() => {
                onClose();
                if (profile.id !== activeId) app.attempt(() => use(profile));
              }}
              className="grid w-full min-w-0 grid-cols-[16px_minmax(0,1fr)] items-start gap-x-2.5 rounded-md px-2 py-1.5 text-left hover:bg-s2 aria-[current]:bg-sel"
              {...gone}
            >
              {profile.id === activeId ? (
                <Check role="img" aria-label="In use" size={16} className="mt-0.5 text-ok" />
              ) : (
                <span />
              )}
              <span className="min-w-0">
                <b className="wrap-anywhere">
                  <SafeText text={profile.name} />
                </b>
                <span className="block text-small text-t3 wrap-anywhere">{profileWords(profile)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button className="mt-3" onClick={manage}>
        {profiles.length === 1 ? "Make a profile" : "Manage profiles"}
      </Button>
    </Modal>
  );
}
