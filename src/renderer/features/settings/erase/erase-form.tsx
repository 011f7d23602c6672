import { type ReactNode, useState } from "react";
import type { Holdings } from "#shared/domain/erasure.ts";
import { useAppState } from "../../../app-context.ts";
import { formatPlural } from "../../../theme/format.ts";
import { Button } from "../../../ui/button.tsx";
import { EngineForm } from "../../../ui/engine-gone.tsx";
import { Field, TextInput } from "../../../ui/field.tsx";
import { SafeText } from "../../../ui/safe-text.tsx";
import { isFixedSource } from "../use-setting.ts";

const WORDS = "erase everything";

/** What goes, counted, and the words that let it go. */
export function EraseForm(props: { holdings: Holdings | null; error: string | null; onErase: () => Promise<void> }) {
  const [typed, setTyped] = useState("");
  const isTyped = typed.trim().toLowerCase() === WORDS;
  return (
    <EngineForm
      className="grid gap-3"
      // Its failure is shown here.
      onSubmit={() => isTyped && void props.onErase()}
    >
      <p>This cannot be undone. It takes away:</p>
      {props.holdings !== null && <WhatGoes holdings={props.holdings} />}
      <WhatStays />
      <Field label={`Type “${WORDS}” to go on`} error={props.error}>
        {(ids) => <TextInput {...ids} value={typed} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <Button type="submit" look="danger" className="justify-self-start" disabled={!isTyped || props.holdings === null}>
        Erase everything
      </Button>
    </EngineForm>
  );
}

function WhatGoes({ holdings }: { holdings: Holdings }) {
  const { deliveries, pinned, attempts, runs, gaps, apiKeys, webhookSecrets, profiles, webhooks } = holdings;
  return (
    <ul className="grid list-disc gap-1 pl-5 text-t1">
      <li>
        {formatPlural(deliveries, "delivery", "deliveries")}
        {pinned > 0 && `, ${pinned} of them pinned`}, with {formatPlural(attempts, "attempt")},{" "}
        {formatPlural(runs, "run")} and {formatPlural(gaps, "gap")}
      </li>
      <li>
        {formatPlural(apiKeys, "API key")} and the signing secrets of {formatPlural(webhookSecrets, "webhook")}
      </li>
      <li>all settings, and {formatPlural(profiles, "profile")}</li>
      {webhooks.map(({ account, url }) => (
        <li key={account + url} className="wrap-anywhere">
          our webhook at {account}: <SafeText text={url} />
        </li>
      ))}
    </ul>
  );
}

function WhatStays(): ReactNode {
  const isDecided = useAppState(({ mirror }) => Object.values(mirror?.settings.sources ?? {}).some(isFixedSource));
  const dir = useAppState(({ mirror }) => mirror?.settings.values.fixtureFolder?.dir);
  return (
    <p className="text-t3 wrap-anywhere">
      {dir !== undefined && (
        <>
          The fixtures in <SafeText text={dir} /> are yours, and stay.{" "}
        </>
      )}
      The app then goes on as at its first start. The random name of this installation stays, so that a webhook that
      could not be removed is found again{isDecided && "; what flags and variables decide stays until the app ends"}.
      Bytes are overwritten in the files; what a disk keeps of its own accord is out of reach.
    </p>
  );
}
