import { useMemo } from "react";
import { shapeWords } from "#shared/api-video/check-shape.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { useAppState } from "../../app-context.ts";
import { formatPlural } from "../../theme/format.ts";
import { Card } from "../../ui/card.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { readShape } from "./payload/explain-value.ts";

/** How the payload differs from what api.video documents: news for a developer, no fault. Nothing where it does not. */
export function ShapeCard({ delivery }: { delivery: DeliveryDetail }) {
  const body = useAppState((state) => state.body);
  const isWhole =
    body !== null && body.id === delivery.id && body.phase === "ready" && body.bytes.length === body.totalBytes;
  const bytes = isWhole && delivery.incomplete === undefined ? body.bytes : null;
  const findings = useMemo(() => (bytes === null ? null : readShape(bytes)), [bytes]);
  if (findings === null || findings.length === 0) return null;
  return (
    <Card title="Not what api.video documents" aside={formatPlural(findings.length, "difference")}>
      <ul className="grid list-disc gap-1 pl-4">
        {findings.map((finding) => (
          <li key={JSON.stringify(finding)} className="wrap-anywhere">
            <SafeText text={shapeWords(finding)} />
          </li>
        ))}
      </ul>
      <p className="mt-2 text-t3">
        It is kept and handled like any other: api.video may have changed, or somebody else sent this.
      </p>
    </Card>
  );
}
