import type { Erasure } from "#shared/domain/erasure.ts";
import { formatPlural } from "../../../theme/format.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { SafeText } from "../../../ui/safe-text.tsx";
import { CopyButton } from "../../common/copy-button.tsx";

/** What became of it; a webhook that had to be left, and how its owner removes it. */
export function EraseResult({ erasure, onClose }: { erasure: Erasure; onClose: () => void }) {
  const { deliveries, left, reason } = erasure;
  return (
    <div className="grid gap-3">
      <Notice tone="ok">
        <p role="status">
          <b>Everything here is erased</b>, {formatPlural(deliveries, "delivery", "deliveries")} among it. The app goes
          on as at its first start.
        </p>
      </Notice>
      {reason !== null && (
        <Notice tone="warn">
          <b>A webhook may be left at api.video.</b> <SafeText text={reason} />
          <ul className="mt-2 grid gap-1">
            {left.map(({ account, url, webhookId }) => (
              <li key={account + url + webhookId} className="wrap-anywhere">
                At {account}: {webhookId !== null && <Id id={webhookId} />} <SafeText text={url} />
              </li>
            ))}
          </ul>
          <p className="mt-2">
            Delete it in the api.video dashboard, or with DELETE /webhooks/ID. Or enter the key of its account here
            again: the app finds it by its URL, and removes it.
          </p>
        </Notice>
      )}
      <Button look="primary" className="justify-self-start" onClick={onClose}>
        Start afresh
      </Button>
    </div>
  );
}

function Id({ id }: { id: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <code>
        <SafeText text={id} />
      </code>
      <CopyButton text={id} label="Copy the webhook's id" />
    </span>
  );
}
