import { useApp } from "../../../app-context.ts";
import type { ControlProps } from "../setting-entry.ts";
import { NameForm } from "./name-form.tsx";
import { ProfileRow } from "./profile-row.tsx";
import { useProfiles } from "./use-profiles.ts";

/** All profiles, and how to make one of what is set now. */
export function ProfilesPanel({ id }: ControlProps) {
  const app = useApp();
  const { profiles, activeId, use } = useProfiles();
  const make = async (name: string): Promise<void> => {
    const made = await app.client.call("profiles.save", { name });
    await app.client.call("profiles.use", made);
    app.toast(`${name} is in use, with what was set before.`);
  };
  return (
    <div className="grid gap-3">
      <ul aria-label="Profiles" className="grid divide-y divide-line rounded-md border border-line">
        {profiles.map((profile) => (
          <ProfileRow
            key={profile.id}
            profile={profile}
            isInUse={profile.id === activeId}
            names={profiles.map(({ name }) => name)}
            onUse={() => use(profile)}
          />
        ))}
      </ul>
      <NameForm id={`${id}-new`} label="New profile from what is set now" submitLabel="Create" onSubmit={make} />
    </div>
  );
}
