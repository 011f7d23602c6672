import { useApp, useAppState } from "../../../app-context.ts";
import { Button } from "../../../ui/button.tsx";
import { useBusy } from "../../common/use-busy.ts";

const ENVIRONMENTS = ["sandbox", "production", "custom"] as const;

/** Which API keys are kept and where; never the keys themselves. */
export function KnownKeys() {
  const app = useApp();
  const secrets = useAppState((state) => state.secrets);
  const { isBusy, run } = useBusy();
  if (secrets.kind === "failed") return <p className="text-bad">{secrets.message}</p>;
  if (secrets.kind !== "ready") return null;
  const { apiKeys, storage, webhookIds, hasEnvironmentSecret } = secrets.value;
  const known = ENVIRONMENTS.filter((environment) => apiKeys.includes(environment));
  const forget = (environment: (typeof ENVIRONMENTS)[number]): void =>
    run(async () => {
      await app.client.call("secrets.clear", { kind: "api-key", environment });
      await app.account.refreshSecrets();
    });
  return (
    <div className="grid gap-2">
      {known.length === 0 && <p className="text-t3">No API key is kept.</p>}
      {known.map((environment) => (
        <p key={environment} className="flex items-center gap-3">
          <span className="flex-1">A key for {environment} is kept.</span>
          <Button look="danger" needsEngine disabled={isBusy} onClick={() => forget(environment)}>
            Forget key<span className="sr-only"> for {environment}</span>
          </Button>
        </p>
      ))}
      <p className="text-small text-t3">
        Secrets are kept in {storage}. Signing secrets known: {webhookIds.length}
        {hasEnvironmentSecret && ", and one from APIVIDEO_WEBHOOK_SECRET"}.
      </p>
    </div>
  );
}
