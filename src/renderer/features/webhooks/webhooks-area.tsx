import { Webhook as WebhookIcon } from "lucide-react";
import type { ApiState } from "#shared/contract/snapshot.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { WebhookList } from "../../state/app-state.ts";
import { setView } from "../../state/store.ts";
import { formatHost } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Leftovers } from "./leftovers.tsx";
import { NewWebhook } from "./new-webhook.tsx";
import { WebhookCard } from "./webhook-card.tsx";

/** All webhooks of the account, whoever made them: an account holds ten, and a forgotten one still gets every event. */
export function WebhooksArea() {
  const webhooks = useAppState((state) => state.webhooks);
  const api = useAppState(({ mirror }) => mirror?.api);
  return (
    <main
      data-region="webhooks"
      tabIndex={-1}
      aria-label="Webhooks"
      className="min-h-0 min-w-0 flex-1 overflow-auto bg-s1 p-4 focus-visible:-outline-offset-2 sm:p-6"
    >
      <div className="mx-auto grid max-w-3xl gap-4">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h1 className="text-title font-[650] text-t1">Webhooks</h1>
          <p className="text-t3">
            {webhooks.kind === "ready" &&
              api !== undefined &&
              `${webhooks.value.webhooks.length} of ${webhooks.value.limit} in use at ${placeWords(api)}`}
          </p>
        </div>
        {webhooks.kind === "loading" && (
          <p role="status" className="appear-late text-t3">
            Asking api.video
          </p>
        )}
        {webhooks.kind === "failed" && <Failed message={webhooks.message} />}
        {webhooks.kind === "ready" && <List list={webhooks.value} />}
      </div>
    </main>
  );
}

/** Where the webhooks are, as one speaks of it. */
function placeWords({ environment, baseUrl }: ApiState): string {
  switch (environment) {
    case "simulator":
      return "the simulator";
    case "sandbox":
      return "api.video's sandbox";
    case "production":
      return "api.video";
    case "custom":
      return formatHost(baseUrl);
  }
}

function Failed({ message }: { message: string }) {
  const app = useApp();
  const action = (
    <span className="flex gap-2">
      <Button needsEngine onClick={() => app.attempt(app.account.refreshWebhooks)}>
        Try again
      </Button>
      <Button onClick={() => setView(app.store, { area: "settings" })}>Open settings</Button>
    </span>
  );
  return (
    <Notice tone="bad" action={action}>
      <b>The webhooks cannot be listed.</b> {message}
    </Notice>
  );
}

function List({ list }: { list: WebhookList }) {
  const isFull = list.webhooks.length >= list.limit;
  return (
    <>
      {isFull && (
        <Notice tone="warn">
          <b>The account has all its {list.limit} webhooks.</b> A new public URL cannot be registered until one is
          deleted.
        </Notice>
      )}
      <Leftovers webhooks={list.webhooks} />
      {list.webhooks.length === 0 ? (
        <EmptyState icon={WebhookIcon} title="No webhooks">
          <p className="text-t3">The account has none. Yours is made by itself once there is a public address.</p>
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {list.webhooks.map((webhook) => (
            <WebhookCard key={webhook.webhookId} webhook={webhook} />
          ))}
        </ul>
      )}
      <NewWebhook isFull={isFull} />
    </>
  );
}
