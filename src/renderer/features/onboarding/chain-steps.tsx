import { CircleCheck, CircleDashed, CircleX, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { useApp, useAppState } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { useBusy } from "../common/use-busy.ts";

type Progress = "done" | "under-way" | "open" | "failed";

/** The three things that must be up for a real webhook to come, each with how it is right now. */
export function ChainSteps() {
  return (
    <section aria-labelledby="chain-title" className="rounded-lg border border-line bg-s0">
      <h2 id="chain-title" className="border-b border-line px-4 py-2 font-semibold text-t1">
        What a real webhook needs
      </h2>
      <ol className="grid divide-y divide-line">
        <ListenStep />
        <TunnelStep />
        <RegisterStep />
      </ol>
    </section>
  );
}

function ListenStep() {
  const url = useAppState(({ mirror }) => mirror?.listener.url ?? "");
  return (
    <Step progress="done" title="A listener" action={<CopyButton text={url} label="Copy listener URL" />}>
      Listening on <code className="text-t1">{url}</code>
    </Step>
  );
}

function TunnelStep() {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const tunnel = useAppState(({ mirror }) => mirror?.tunnel);
  const source = useAppState(({ mirror }) => mirror?.settings.sources["tunnel"]);
  if (tunnel === undefined) return null;
  const { url, phase, fault, provider } = tunnel;

  if (url !== null) {
    return (
      <Step progress="done" title="A public address" action={<CopyButton text={url} label="Copy public URL" />}>
        <code className="text-t1 wrap-anywhere">{url}</code>
      </Step>
    );
  }
  if (phase === "opening" || phase === "reconnecting") {
    return (
      <Step progress="under-way" title="A public address">
        {fault === undefined ? "The tunnel is being opened." : `${fault.message} It is tried again by itself.`}
      </Step>
    );
  }
  const isFixed = source === "flag" || source === "variable";
  const open = (): void =>
    run(async () => {
      if (provider === "none" && !isFixed) await app.saveSettings({ tunnel: "localtunnel" });
      else await app.client.call("tunnel.open", {});
    });
  const label = provider === "none" ? "Open with localtunnel" : "Open again";
  return (
    <Step
      progress={fault === undefined ? "open" : "failed"}
      title="A public address"
      action={
        !(provider === "none" && isFixed) && (
          <Button needsEngine disabled={isBusy} onClick={open}>
            {label}
          </Button>
        )
      }
    >
      {fault?.message ??
        "api.video must be able to reach you. localtunnel leads a public address here; its relay sees what passes through."}
    </Step>
  );
}

function RegisterStep() {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const registration = useAppState(({ mirror }) => mirror?.registration);
  const environment = useAppState(({ mirror }) => mirror?.api.environment ?? "simulator");
  if (registration === undefined) return null;
  const title = environment === "simulator" ? "A webhook at the simulator" : "A webhook at api.video";
  switch (registration.phase) {
    case "registered":
      return (
        <Step progress="done" title={title}>
          Registered as <code className="text-t1 wrap-anywhere">{registration.webhookId}</code>
        </Step>
      );
    case "registering":
    case "removing":
      return (
        <Step progress="under-way" title={title}>
          {registration.phase === "registering" ? "It is being registered." : "It is being removed."}
        </Step>
      );
    case "failed":
      return (
        <Step
          progress="failed"
          title={title}
          action={
            <Button needsEngine disabled={isBusy} onClick={() => run(() => app.client.call("registration.retry", {}))}>
              Try again
            </Button>
          }
        >
          {registration.fault?.message}
        </Step>
      );
    case "none":
      return (
        <Step progress="open" title={title}>
          It is registered by itself once there is a key and a public address.
        </Step>
      );
  }
}

const ICONS = {
  done: <CircleCheck aria-label="Done" role="img" size={18} className="text-ok" />,
  "under-way": <LoaderCircle aria-label="Under way" role="img" size={18} className="animate-spin text-info" />,
  open: <CircleDashed aria-label="Not yet" role="img" size={18} className="text-t3" />,
  failed: <CircleX aria-label="Failed" role="img" size={18} className="text-bad" />,
} as const satisfies Readonly<Record<Progress, ReactNode>>;

function Step(props: { progress: Progress; title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      {ICONS[props.progress]}
      <div className="min-w-0 flex-1 basis-56">
        <b>{props.title}</b>
        <div className="text-t3">{props.children}</div>
      </div>
      {props.action}
    </li>
  );
}
