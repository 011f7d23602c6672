import type { HeldDelivery } from "#shared/domain/hold.ts";
import { runAction } from "../../actions/registry.ts";
import { useApp } from "../../app-context.ts";
import { formatIso, formatTime } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ActionKey } from "../common/action-key.tsx";

/** That this delivery waits, and what can become of it. */
export function HeldNotice({ held: { since } }: { held: HeldDelivery }) {
  const app = useApp();
  return (
    <div className="mt-2">
      <Notice
        tone="info"
        action={
          <span className="flex flex-wrap gap-2">
            <Button needsEngine onClick={() => runAction(app, "delivery.edit")}>
              Edit and send
              <ActionKey id="delivery.edit" />
            </Button>
            <Button needsEngine onClick={() => runAction(app, "held.drop")}>
              Drop
            </Button>
          </span>
        }
      >
        <b>Held</b> since{" "}
        <time dateTime={since} title={formatIso(since)}>
          {formatTime(since)}
        </time>
        : it is answered and kept, and your server has not got it.
      </Notice>
    </div>
  );
}
