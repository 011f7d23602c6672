import { Check } from "lucide-react";
import { useId } from "react";
import type { Profile } from "#shared/domain/profile.ts";
import { focusArea } from "../../../actions/regions.ts";
import { useApp, useAppState } from "../../../app-context.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { SafeText } from "../../../ui/safe-text.tsx";
import { useBusy } from "../../common/use-busy.ts";
import { useQuestion } from "../../common/use-question.ts";
import { NameForm } from "./name-form.tsx";
import { profileWords } from "./profile-words.ts";

/** One profile: what it leads to, whether it has keys, and what can be done with it. */
export function ProfileRow(props: {
  profile: Profile;
  isInUse: boolean;
  /** Of all profiles. */
  names: readonly string[];
  onUse: () => Promise<void>;
}) {
  const { profile, isInUse } = props;
  const app = useApp();
  const id = useId();
  const { isBusy, run } = useBusy();
  const { isAsking: isRenaming, ask, stop, opener } = useQuestion();
  const secrets = useAppState((state) => state.secrets);
  const keys = secrets.kind === "ready" ? secrets.value.profiles.find((one) => one.id === profile.id)?.apiKeys : [];

  const use = (): void =>
    run(async () => {
      await props.onUse();
      // What was pressed goes, and this stays.
      opener.current?.focus();
    });
  const duplicate = (): void =>
    run(() => app.client.call("profiles.save", { name: copyName(profile.name, props.names), from: profile.id }));
  const remove = (): void =>
    run(async () => {
      await app.client.call("profiles.remove", { id: profile.id });
      const undo = (): void => app.attempt(() => app.client.call("profiles.restore", { id: profile.id }));
      app.toast(`${profile.name} and its keys are deleted.`, {
        action: { label: "Undo", needsEngine: true, run: undo },
      });
      focusArea("settings");
    });
  const rename = async (name: string): Promise<void> => {
    await app.client.call("profiles.save", { id: profile.id, name });
    stop();
  };

  if (isRenaming) {
    return (
      <li className="px-3 py-2">
        <NameForm
          id={id}
          label={`New name for ${profile.name}`}
          submitLabel="Rename"
          start={profile.name}
          onSubmit={rename}
          onCancel={stop}
        />
      </li>
    );
  }
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2">
      <div className="min-w-0 flex-1 basis-56">
        <span className="flex flex-wrap items-center gap-2">
          <b className="wrap-anywhere">
            <SafeText text={profile.name} />
          </b>
          {isInUse && (
            <Badge tone="ok" icon={Check}>
              In use
            </Badge>
          )}
        </span>
        <span className="block text-small text-t3 wrap-anywhere">
          {profileWords(profile)} · {keys?.length ? `keys for ${keys.join(", ")}` : "no API key"}
        </span>
      </div>
      <div className="flex flex-wrap gap-1.5">
        {!isInUse && (
          <Button needsEngine disabled={isBusy} onClick={use}>
            Use<span className="sr-only"> {profile.name}</span>
          </Button>
        )}
        <Button ref={opener} disabled={isBusy} onClick={ask}>
          Rename<span className="sr-only"> {profile.name}</span>
        </Button>
        <Button needsEngine disabled={isBusy} onClick={duplicate}>
          Duplicate<span className="sr-only"> {profile.name}</span>
        </Button>
        {!isInUse && (
          <Button look="danger" needsEngine disabled={isBusy} onClick={remove}>
            Delete<span className="sr-only"> {profile.name}</span>
          </Button>
        )}
      </div>
    </li>
  );
}

/** The first that no profile has. */
function copyName(name: string, names: readonly string[]): string {
  const taken = new Set(names.map((other) => other.toLowerCase()));
  const copy = `${name.slice(0, 50)} copy`;
  let free = copy;
  for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${copy} ${count}`;
  return free;
}
