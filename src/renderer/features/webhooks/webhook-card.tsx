import { CircleDot, House, KeyRound, Laptop, LockKeyholeOpen } from "lucide-react";
import type { Webhook } from "#shared/domain/webhook.ts";
import { focusArea } from "../../actions/regions.ts";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatIso, formatMoment } from "../../theme/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { useBusy } from "../common/use-busy.ts";
import { useQuestion } from "../common/use-question.ts";

export function WebhookCard({ webhook }: { webhook: Webhook }) {
  const app = useApp();
  const { webhookId, url, events, createdAt, isOurs, isOfThisApp, isCurrent, hasSecret } = webhook;
  return (
    <li className="grid gap-2 rounded-lg border border-line bg-s0 px-3.5 py-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <code className="min-w-0 flex-1 basis-60 text-t1 wrap-anywhere">
          <SafeText text={url} />
        </code>
        {isCurrent && (
          <Badge tone="ok" icon={CircleDot}>
            In use now
          </Badge>
        )}
        {isOurs && (
          <Badge tone="info" icon={House}>
            Made here
          </Badge>
        )}
        {isOfThisApp && !isOurs && (
          <Badge tone="muted" icon={Laptop}>
            Other installation
          </Badge>
        )}
        <Badge tone={hasSecret ? "muted" : "warn"} icon={hasSecret ? KeyRound : LockKeyholeOpen}>
          {hasSecret ? "Secret known" : "Secret unknown"}
        </Badge>
      </div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-t3">
        <span className="flex items-center gap-1">
          <code className="wrap-anywhere">{webhookId}</code>
          <CopyButton text={webhookId} label="Copy webhook id" />
        </span>
        {createdAt !== undefined && <span title={formatIso(createdAt)}>Created {formatMoment(createdAt)}</span>}
        <span className="wrap-anywhere">{events.join(", ")}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        {!hasSecret && (
          <Button needsEngine onClick={() => setView(app.store, { dialog: { kind: "webhook-secret", webhookId } })}>
            Enter its secret
          </Button>
        )}
        <DeleteButton webhook={webhook} />
      </div>
    </li>
  );
}

/** Deleting cannot be undone (a new webhook has a new secret), so it asks; whose webhook it is decides the words. */
function DeleteButton({ webhook: { webhookId, isOurs } }: { webhook: Webhook }) {
  const app = useApp();
  const { isAsking, ask, stop, onKeyDown, opener, answer } = useQuestion();
  const { isBusy, run } = useBusy();
  const remove = (): void =>
    run(async () => {
      await app.client.call("webhooks.remove", { webhookId });
      app.toast("Webhook deleted.");
      await app.account.refreshWebhooks();
      focusArea("webhooks");
    });
  if (!isAsking) {
    return (
      <Button ref={opener} look="danger" needsEngine onClick={ask}>
        Delete<span className="sr-only"> {webhookId}</span>
      </Button>
    );
  }
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span className="text-t1">
        {isOurs ? "Delete it from the account?" : "It was not made here: somebody may rely on it. Delete it?"}
      </span>
      <Button ref={answer} onClick={stop} onKeyDown={onKeyDown}>
        Keep it
      </Button>
      <Button look="danger" needsEngine disabled={isBusy} onKeyDown={onKeyDown} onClick={remove}>
        Delete for good
      </Button>
    </span>
  );
}
