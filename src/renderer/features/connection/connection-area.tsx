import { Card } from "../../ui/card.tsx";
import { ChainPicture } from "./chain-picture.tsx";
import { NotifyMe } from "./notify-me.tsx";
import { TransitionLog } from "./transition-log.tsx";
import { TunnelChoice } from "./tunnel-choice.tsx";

/** Whether webhooks can come, link by link, and what to change where they cannot. */
export function ConnectionArea() {
  return (
    <main
      data-region="connection"
      tabIndex={-1}
      aria-label="Connection"
      className="min-h-0 min-w-0 flex-1 overflow-auto bg-s1 p-4 focus-visible:-outline-offset-2 sm:p-6"
    >
      <div className="mx-auto grid max-w-3xl gap-4">
        <h1 className="text-title font-[650] text-t1">Connection</h1>
        <Card title="The way of a webhook">
          <ChainPicture />
          <NotifyMe what="when webhooks stop coming" />
        </Card>
        <Card title="Tunnel">
          <TunnelChoice />
        </Card>
        <Card title="What happened">
          <TransitionLog />
        </Card>
      </div>
    </main>
  );
}
