import { useAppState } from "../../../app-context.ts";
import { ApiKeyForm } from "./api-key-form.tsx";
import { KnownKeys } from "./known-keys.tsx";

/** The keys of the profile in use, and how to enter another. */
export function ApiKeys() {
  const profile = useAppState(({ mirror }) => mirror?.settings.profile);
  return (
    <div className="grid gap-4">
      <KnownKeys />
      <ApiKeyForm key={profile} submitLabel="Check and keep the key" />
    </div>
  );
}
