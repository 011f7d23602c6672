import { useState } from "react";
import { useApp, useAppState } from "../../../app-context.ts";
import { toMessage } from "../../../client/to-message.ts";
import { Button } from "../../../ui/button.tsx";
import { EngineForm } from "../../../ui/engine-gone.tsx";
import { Field, Select, TextInput } from "../../../ui/field.tsx";

const ENVIRONMENTS = ["sandbox", "production", "custom"] as const;
type Environment = (typeof ENVIRONMENTS)[number];

const WORDS: Readonly<Record<Environment, string>> = {
  sandbox: "Sandbox",
  production: "Production",
  custom: "Another server",
};

/** Takes an API key, has it checked, and turns to the environment it is for. The key is not kept on the page. */
export function ApiKeyForm({ submitLabel }: { submitLabel: string }) {
  const app = useApp();
  const chosen = useAppState(({ mirror }) => mirror?.api.environment);
  const source = useAppState(({ mirror }) => mirror?.settings.sources["api"]);
  const isFixed = source === "flag" || source === "variable";
  const start = ENVIRONMENTS.find((name) => name === chosen) ?? "sandbox";
  const [environment, setEnvironment] = useState<Environment>(start);
  const [key, setKey] = useState("");
  const [baseUrl, setBaseUrl] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (): Promise<void> => {
    const isCustom = environment === "custom";
    setIsBusy(true);
    setError(null);
    try {
      await app.client.call("secrets.set", {
        kind: "api-key",
        environment,
        value: key.trim(),
        ...(isCustom && baseUrl !== "" && { baseUrl: baseUrl.trim() }),
      });
      if (!isFixed && (!isCustom || baseUrl !== "")) {
        await app.saveSettings({ api: isCustom ? baseUrl.trim() : environment });
      }
      setKey("");
      app.toast(`The key for ${WORDS[environment].toLowerCase()} is kept.`);
      await app.account.refreshSecrets();
    } catch (failure) {
      setError(toMessage(failure));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <EngineForm
      className="grid gap-3"
      // Its failure is shown beside the field.
      onSubmit={() => void submit()}
    >
      <Field label="Environment">
        {(ids) => (
          <Select {...ids} value={environment} onChange={(event) => setEnvironment(toEnvironment(event.target.value))}>
            {ENVIRONMENTS.map((name) => (
              <option key={name} value={name}>
                {WORDS[name]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {environment === "custom" && (
        <Field label="Base URL" hint="https://, or http:// for this machine">
          {(ids) => <TextInput {...ids} value={baseUrl} onChange={(event) => setBaseUrl(event.target.value)} />}
        </Field>
      )}
      <Field label="API key" hint="In the api.video dashboard under API keys. It is never shown again." error={error}>
        {(ids) => <TextInput {...ids} type="password" value={key} onChange={(event) => setKey(event.target.value)} />}
      </Field>
      <Button type="submit" className="justify-self-start" disabled={isBusy || key.trim() === ""}>
        {isBusy ? "Checking the key" : submitLabel}
      </Button>
    </EngineForm>
  );
}

function toEnvironment(value: string): Environment {
  return ENVIRONMENTS.find((name) => name === value) ?? "sandbox";
}
