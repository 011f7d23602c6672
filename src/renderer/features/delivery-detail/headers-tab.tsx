import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { formatPlural } from "../../theme/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { headerOddities } from "./header-oddities.ts";
import { HeaderTable } from "./header-table.tsx";

/** The headers as received, what the known ones mean, and what is odd about them. */
export function HeadersTab({ delivery }: { delivery: DeliveryDetail }) {
  const { method, path, headers, bodyBytes, incomplete } = delivery;
  const text = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  const oddities = headerOddities(headers, bodyBytes, incomplete === undefined);
  return (
    <div className="grid gap-3">
      <code className="min-w-0 text-t1 wrap-anywhere">
        <b className="text-accent">
          <SafeText text={method} />
        </b>{" "}
        <SafeText text={path} />
      </code>
      {oddities.length > 0 && (
        <Notice tone="warn">
          <ul className="grid gap-1">
            {oddities.map((oddity) => (
              <li key={oddity}>
                <SafeText text={oddity} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="flex items-center gap-2 text-t3">
        <span>{formatPlural(headers.length, "header")}; order, case and repeats are as they were on the wire.</span>
        <span className="ml-auto flex-none">
          <CopyButton text={text} label="Copy all headers" />
        </span>
      </div>
      <HeaderTable headers={headers} label="Headers as received" canCopy explains />
    </div>
  );
}
