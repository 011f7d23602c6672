import { MAX_TARGETS, type Target } from "#shared/domain/named-target.ts";
import { hostNotAllowed } from "../../actions/allow-host.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { useBusy } from "../common/use-busy.ts";
import { AllowHost, AllowHostButton } from "../connection/allow-host.tsx";
import { goToSetting } from "../settings/go-to-setting.ts";
import { NamedList } from "./named-list.tsx";
import { TargetForm } from "./target-form.tsx";
import { TargetHealthWords } from "./target-health-words.tsx";

/** The servers that deliveries can be sent to: the default one, and those with a name. */
export function TargetsCard() {
  return (
    <Card title="Targets" aside={<CheckNow />}>
      <div className="grid gap-3">
        <DefaultTarget />
        <NamedList
          listKey="targets"
          label="Targets"
          noun="target"
          most={MAX_TARGETS}
          summary={(target) => <TargetSummary target={target} />}
          Form={TargetForm}
        />
      </div>
    </Card>
  );
}

function CheckNow() {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const hasTargets = useAppState(({ mirror }) => (mirror?.targets.length ?? 0) > 0);
  if (!hasTargets) return null;
  return (
    <Button needsEngine disabled={isBusy} onClick={() => run(() => app.client.call("targets.check", {}))}>
      Check now
    </Button>
  );
}

/** The one of the settings, which most people need alone. */
function DefaultTarget() {
  const app = useApp();
  const url = useAppState(({ mirror }) => mirror?.settings.values.forwardTo ?? null);
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line/55 pb-3">
      <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <b>Default target</b>
          {url !== null && (
            <code className="min-w-0 text-t1 wrap-anywhere">
              <SafeText text={url} />
            </code>
          )}
        </p>
        {url === null ? (
          <p className="text-t3">There is none: what no route matches is kept, and not forwarded.</p>
        ) : (
          <TargetHealthWords url={url} />
        )}
        <AllowHost />
      </div>
      <Button className="ml-auto" onClick={() => goToSetting(app, "forwardTo")}>
        {url === null ? "Set it" : "Change"}
        <span className="sr-only"> (the default target, in Settings)</span>
      </Button>
    </div>
  );
}

const NONE: readonly string[] = [];

function TargetSummary({ target: { name, url, headers } }: { target: Target }) {
  const allowed = useAppState(({ mirror }) => mirror?.settings.values.allowedTargets ?? NONE);
  const isRefused = useAppState(({ mirror }) =>
    mirror?.targets.some((target) => target.url === url && target.state === "refused"),
  );
  const host = isRefused ? hostNotAllowed(url, allowed) : null;
  return (
    <div className="grid gap-0.5">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <b className="wrap-anywhere">
          <SafeText text={name} />
        </b>
        <code className="min-w-0 text-t1 wrap-anywhere">
          <SafeText text={url} />
        </code>
      </p>
      <TargetHealthWords url={url} />
      {host !== null && (
        <div className="py-1">
          <AllowHostButton host={host} />
        </div>
      )}
      {headers.length > 0 && (
        <p className="text-t3 wrap-anywhere">
          {formatPlural(headers.length, "header")} added:{" "}
          <SafeText text={headers.map(([header]) => header).join(", ")} />
        </p>
      )}
    </div>
  );
}
