import { FlaskConical, KeyRound } from "lucide-react";
import { focusAreaWhenThere } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { useBusy } from "../common/use-busy.ts";
import { ApiKeyForm } from "../settings/controls/api-key-form.tsx";
import { ChainSteps } from "./chain-steps.tsx";

/** The first start: how to begin, with or without an account, and what each choice does. */
export function FirstRun() {
  return (
    <main
      data-region="detail"
      tabIndex={-1}
      aria-label="First steps"
      className="min-h-0 min-w-0 flex-1 overflow-auto bg-s1 px-4 py-5 focus-visible:-outline-offset-2 sm:px-6"
    >
      <div className="mx-auto grid max-w-3xl gap-5">
        <header>
          <h1 className="text-[1.375rem] leading-tight font-[650] text-t1">Receive your first webhook</h1>
          <p className="mt-1.5 max-w-prose text-t3">
            The inspector receives api.video's webhooks on this machine, checks each signature and replays them to your
            server. Nothing leaves this machine until you choose so. How do you want to begin?
          </p>
        </header>
        <div className="@container">
          <div className="grid gap-4 @xl:grid-cols-2">
            <SimulatorChoice />
            <AccountChoice />
          </div>
        </div>
        <ChainSteps />
      </div>
    </main>
  );
}

function SimulatorChoice() {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const begin = (): void =>
    run(async () => {
      const { sources } = await app.client.call("settings.get", {});
      const canChoose = sources["api"] !== "flag" && sources["api"] !== "variable";
      await app.saveSettings({ ...(canChoose && { api: "simulator" }), firstRunDone: true });
      const { ids } = await app.client.call("simulator.trigger", { type: "video.encoding.quality.completed" });
      setView(app.store, { selectedId: ids[0] ?? null, isDetailOpen: true, isDetailHidden: false });
      focusAreaWhenThere("deliveries");
    });
  return (
    <section aria-labelledby="begin-simulator" className="flex flex-col gap-3 rounded-lg border border-line bg-s0 p-4">
      <FlaskConical aria-hidden="true" size={20} className="text-accent" />
      <h2 id="begin-simulator" className="text-title font-semibold text-t1">
        Try it with the simulator
      </h2>
      <p className="text-t3">
        A stand-in for api.video on this machine sends signed events. No account, no network: all of the app works.
      </p>
      <ol className="grid list-decimal gap-1 pl-4 text-t3 marker:text-t3">
        <li>An event is signed and sent to the listener.</li>
        <li>It appears in the list with what its signature proves.</li>
        <li>Set your server's address, press r, and see how it answers.</li>
      </ol>
      <Button look="primary" className="mt-auto self-start" needsEngine disabled={isBusy} onClick={begin}>
        {isBusy ? "Sending an event" : "Send a first event"}
      </Button>
    </section>
  );
}

function AccountChoice() {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const api = useAppState(({ mirror }) => mirror?.api);
  const isConnected = api !== undefined && api.environment !== "simulator" && api.hasKey;
  const finish = (): void =>
    run(async () => {
      await app.saveSettings({ firstRunDone: true });
      focusAreaWhenThere("deliveries");
    });
  return (
    <section aria-labelledby="begin-account" className="flex flex-col gap-3 rounded-lg border border-line bg-s0 p-4">
      <KeyRound aria-hidden="true" size={20} className="text-accent" />
      <h2 id="begin-account" className="text-title font-semibold text-t1">
        Connect api.video
      </h2>
      <p className="text-t3">
        With your API key the webhook is registered for you, and removed when you quit. The key stays on this machine.
      </p>
      {isConnected ? (
        <>
          <p className="text-t1">Connected to {api.environment}.</p>
          <Button className="mt-auto self-start" needsEngine disabled={isBusy} onClick={finish}>
            Show deliveries
          </Button>
        </>
      ) : (
        <ApiKeyForm submitLabel="Connect" />
      )}
    </section>
  );
}
