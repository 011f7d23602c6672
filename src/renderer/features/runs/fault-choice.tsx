import type { Fault } from "#shared/domain/fault.ts";
import { Tick } from "../../ui/field.tsx";
import { FaultFields } from "../faults/fault-fields.tsx";
import { firstFault, isFit, rightAnswer } from "../faults/fault-kinds.ts";

/** Whether something is to go wrong on purpose in a run, and what; null for nothing, as it is for most runs. */
export function FaultChoice({ value, onChange }: { value: Fault | null; onChange: (fault: Fault | null) => void }) {
  return (
    <>
      <label className="flex min-h-6 items-center gap-2">
        <Tick checked={value !== null} onChange={() => onChange(value === null ? firstFault("duplicate") : null)} />
        Something goes wrong on purpose
      </label>
      {value !== null && (
        <fieldset className="grid min-w-0 gap-3 rounded-md border border-line p-3">
          <legend className="sr-only">Fault on demand</legend>
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <FaultFields value={value} onChange={onChange} />
          </div>
          {isFit(value) && <p className="text-t3">{rightAnswer(value)}</p>}
        </fieldset>
      )}
    </>
  );
}
