import { X } from "lucide-react";
import { formatTerm } from "#shared/search/format-query.ts";
import type { QueryTerm } from "#shared/search/query.ts";
import { parseMoment } from "#shared/search/times.ts";
import { formatMoment } from "../../theme/format.ts";
import { SafeText } from "../../ui/safe-text.tsx";

interface Props {
  readonly chip: QueryTerm;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** A term of the filter: it can be taken away, or made text again. */
export function QueryChip({ chip, onEdit, onRemove }: Props) {
  const text = formatTerm(chip);
  const change = `Change ${text}${localTimeOf(chip)}`;
  return (
    <li className="flex h-6 max-w-full short:max-w-40 short:flex-none min-w-0 items-center rounded-md border border-transparent bg-accent-s text-accent">
      <button
        type="button"
        title={change}
        aria-label={change}
        onClick={onEdit}
        className="h-6 min-w-6 truncate rounded-l-md pl-1.5 text-left font-mono text-code hover:underline"
      >
        <SafeText text={text} />
      </button>
      <button
        type="button"
        title={`Remove ${text}`}
        aria-label={`Remove ${text}`}
        onClick={onRemove}
        className="grid size-6 flex-none place-items-center rounded-r-md hover:bg-s3"
      >
        <X aria-hidden="true" size={12} strokeWidth={2.4} />
      </button>
    </li>
  );
}

/** A time in UTC says little to somebody who looks at a clock. */
function localTimeOf(chip: QueryTerm): string {
  const isTime = chip.kind === "field" && (chip.key === "after" || chip.key === "before");
  const moment = isTime ? parseMoment(chip.values[0] ?? "") : null;
  return moment?.kind === "instant" ? `, which is ${formatMoment(new Date(moment.at).toISOString())} here` : "";
}
