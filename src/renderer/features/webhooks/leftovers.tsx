import type { ReactNode } from "react";
import type { Webhook } from "#shared/domain/webhook.ts";
import { focusArea } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { useBusy } from "../common/use-busy.ts";
import { useQuestion } from "../common/use-question.ts";

/** What this app left behind in the account, with the offer to remove it. Anybody else's webhooks are never offered. */
export function Leftovers({ webhooks }: { webhooks: readonly Webhook[] }) {
  // While one takes the other's place, the old one is no leftover yet.
  const isChanging = useAppState(({ mirror }) => mirror?.registration.phase === "registering");
  const ours = webhooks.filter(({ isOurs, isCurrent }) => isOurs && !isCurrent);
  const others = webhooks.filter(({ isOurs, isOfThisApp }) => isOfThisApp && !isOurs);
  return (
    <>
      {ours.length > 0 && !isChanging && (
        <Prunable
          tone="warn"
          webhooks={ours}
          label={`Prune ${formatPlural(ours.length, "leftover", "leftovers")}`}
          question="They are deleted from the account."
        >
          <b>{formatPlural(ours.length, "webhook is", "webhooks are")} left over from this installation.</b> Nothing
          listens at these addresses any more:
        </Prunable>
      )}
      {others.length > 0 && (
        <Prunable
          tone="info"
          webhooks={others}
          label={`Prune ${others.length} of other installations`}
          question="Whoever runs one of them gets no events any more until it is started anew."
        >
          <b>{formatPlural(others.length, "webhook was", "webhooks were")} made by other installations of this app.</b>{" "}
          Whether somebody uses them cannot be told from here:
        </Prunable>
      )}
    </>
  );
}

/** Removes exactly the webhooks that it lists, after a question: none of them comes back with its secret. */
function Prunable(props: {
  tone: "warn" | "info";
  webhooks: readonly Webhook[];
  label: string;
  question: string;
  children: ReactNode;
}) {
  const app = useApp();
  const { isAsking, ask, stop, onKeyDown, opener, answer } = useQuestion();
  const { isBusy, run } = useBusy();
  const prune = (): void =>
    run(async () => {
      try {
        const webhookIds = props.webhooks.map(({ webhookId }) => webhookId);
        const { removed } = await app.client.call("webhooks.prune", { webhookIds });
        app.toast(`${formatPlural(removed.length, "webhook", "webhooks")} removed.`);
        // With what it offered, the button will be gone.
        focusArea("webhooks");
      } finally {
        stop();
        await app.account.refreshWebhooks();
      }
    });
  return (
    <Notice tone={props.tone}>
      {props.children}
      <ul className="my-1.5 grid gap-0.5">
        {props.webhooks.map(({ webhookId, url }) => (
          <li key={webhookId}>
            <code className="wrap-anywhere">
              <SafeText text={url} />
            </code>
          </li>
        ))}
      </ul>
      {isAsking ? (
        <span className="flex flex-wrap items-center gap-2">
          <span>{props.question}</span>
          <Button ref={answer} onClick={stop} onKeyDown={onKeyDown}>
            Keep them
          </Button>
          <Button look="danger" needsEngine disabled={isBusy} onKeyDown={onKeyDown} onClick={prune}>
            Delete for good
          </Button>
        </span>
      ) : (
        <Button ref={opener} needsEngine onClick={ask}>
          {props.label}
        </Button>
      )}
    </Notice>
  );
}
