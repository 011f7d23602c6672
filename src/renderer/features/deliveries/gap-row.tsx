// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus; of this row, its button takes it
import { SearchCheck, Unplug } from "lucide-react";
import { memo } from "react";
import type { Gap } from "#shared/domain/gap.ts";
import { formatIso } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { gapMeaning, gapTitle } from "../common/gap-words.ts";

interface Props {
  readonly gap: Gap;
  readonly rowIndex: number;
  readonly columns: number;
  readonly top: number;
  readonly height: number;
  readonly onAsk: (gap: Gap) => void;
}

/** A time without a path, at its place among the deliveries: no delivery, so it cannot be selected. */
export const GapRow = memo(function GapRow({ gap, rowIndex, columns, top, height, onAsk }: Props) {
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      style={{ transform: `translateY(${top}px)`, height }}
      className="@container absolute inset-x-0 top-0 border-b border-line/55 bg-warn-s"
    >
      <div role="gridcell" aria-colspan={columns} className="flex h-full items-center gap-2.5 px-3">
        <Unplug aria-hidden="true" size={15} className="flex-none text-warn" />
        <div className="min-w-0 flex-1 leading-tight">
          <p className="truncate">
            <b>
              <time dateTime={gap.from} title={formatIso(gap.from)}>
                {gapTitle(gap, new Date())}
              </time>
            </b>
            <span className="sr-only">. </span>
          </p>
          <p className="truncate text-small text-t1">{gapMeaning(gap)}</p>
          <p className="truncate text-small text-t2" title={gap.message}>
            {gap.message}
          </p>
        </div>
        <Button title="What did I miss?" onClick={() => onAsk(gap)} className="@max-[24rem]:px-1.5">
          <SearchCheck aria-hidden="true" size={14} className="@min-[24rem]:hidden" />
          <span className="@max-[24rem]:sr-only">What did I miss?</span>
        </Button>
      </div>
    </div>
  );
});
