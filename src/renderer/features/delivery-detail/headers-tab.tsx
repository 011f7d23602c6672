import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { HeaderTable } from "./header-table.tsx";

export function HeadersTab({ delivery }: { delivery: DeliveryDetail }) {
  const { method, path, headers } = delivery;
  const text = [`${method} ${path}`, ...headers.map(([name, value]) => `${name}: ${value}`)].join("\n");
  return (
    <div className="grid gap-3">
      <div className="flex items-start gap-2">
        <code className="min-w-0 flex-1 pt-0.5 text-t1 wrap-anywhere">
          <b className="text-accent">
            <SafeText text={method} />
          </b>{" "}
          <SafeText text={path} />
        </code>
        <CopyButton text={text} label="Copy all headers" />
      </div>
      <HeaderTable headers={headers} label="Headers as received" canCopy />
      <p className="text-small text-t3">Order, case and repeats are as they were on the wire.</p>
    </div>
  );
}
