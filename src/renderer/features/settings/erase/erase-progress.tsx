import type { EventPayload } from "#shared/contract/types.ts";
import type { ErasureStep } from "#shared/domain/erasure.ts";
import { formatCount } from "../../../theme/format.ts";

const STEPS: Readonly<Record<ErasureStep, string>> = {
  webhook: "Removing our webhook at api.video",
  secrets: "Erasing API keys and secrets",
  deliveries: "Erasing deliveries",
  settings: "Setting everything back",
  file: "Writing the file anew",
};

/** How far it is, in words and as a bar. */
export function EraseProgress({ progress }: { progress: EventPayload<"erase.progressed"> | null }) {
  const steps = Object.keys(STEPS);
  const index = progress === null ? 0 : steps.indexOf(progress.step);
  const part = progress !== null && progress.total > 0 ? progress.done / progress.total : 0;
  return (
    <div className="grid gap-2">
      <p role="status" className="text-t1">
        {STEPS[progress?.step ?? "webhook"]}
      </p>
      <progress aria-label="Erasing" className="h-2 w-full accent-accent" max={steps.length} value={index + part} />
      {progress !== null && progress.total > 0 && (
        <p className="text-small text-t3 tabular-nums">
          {formatCount(progress.done)} of {formatCount(progress.total)}
        </p>
      )}
    </div>
  );
}
