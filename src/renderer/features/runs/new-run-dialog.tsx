import { useEffect, useState } from "react";
import type { RunSummary } from "#shared/domain/run.ts";
import { planWords } from "#shared/domain/run-words.ts";
import { showRun } from "../../actions/run-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import type { RunSelection } from "../../state/app-state.ts";
import { Button } from "../../ui/button.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { Field, Select, TextInput, Tick } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { TargetField, useRoutes, useTargets } from "../common/target-field.tsx";
import { BaselineField } from "./baseline-field.tsx";
import { FaultChoice } from "./fault-choice.tsx";
import { PacingField } from "./pacing-field.tsx";
import { draftAgain, FIRST_DRAFT, type RunDraft, readDraft } from "./run-draft.ts";

const ONE_TARGET = "Your own server: a target's name, a URL, or a bare port of this machine.";

/** How to replay many deliveries; a sentence says what will happen. */
export function NewRunDialog(props: {
  selection: RunSelection;
  /** The run that is to be repeated, and compared with. */
  again: RunSummary | undefined;
  onClose: () => void;
}) {
  const { selection, again, onClose } = props;
  const app = useApp();
  const [targets, routes] = [useTargets(), useRoutes()];
  const defaultTarget = useAppState(({ mirror }) => mirror?.forwarding.target ?? "");
  // Where there are routes, they say where each goes.
  const target = routes.length > 0 ? "" : defaultTarget;
  const ignored = useAppState(({ view }) => view.ignoreRules.paths);
  const [draft, setDraft] = useState<RunDraft>(() =>
    again === undefined ? { ...FIRST_DRAFT, target, ignore: ignored.join(", ") } : draftAgain(again),
  );
  const count = useCount(selection);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const change = (some: Partial<RunDraft>): void => setDraft({ ...draft, ...some });
  const { options, faults } = readDraft(draft, { targets, routes });

  const start = async (): Promise<void> => {
    if (options === null) return;
    setIsBusy(true);
    setError(null);
    try {
      const what = "ids" in selection ? { ids: [...selection.ids] } : selection;
      const { target: to, ...how } = options;
      const { batchId } = await app.client.call("replay.batch", {
        ...what,
        ...how,
        ...(to !== null && { target: to }),
      });
      onClose();
      showRun(app, batchId);
    } catch (failure) {
      setError(toMessage(failure));
      setIsBusy(false);
    }
  };

  return (
    <Modal title="Replay deliveries" onClose={onClose}>
      <EngineForm
        className="grid gap-3"
        // Its failure is shown in the dialog.
        onSubmit={() => void start()}
      >
        <TargetField
          label="To"
          hint={routes.length === 0 ? ONE_TARGET : `Empty: each goes where the routes say. ${ONE_TARGET}`}
          placeholder={routes.length === 0 ? "http://localhost:3000" : "Where the routes say"}
          error={faults.target}
          value={draft.target}
          onChange={(changed) => change({ target: changed })}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Order">
            {(ids) => (
              <Select
                {...ids}
                value={draft.order}
                onChange={({ target: field }) =>
                  change({ order: field.value === "shuffled" ? "shuffled" : "received" })
                }
              >
                <option value="received">As they came</option>
                <option value="shuffled">Shuffled</option>
              </Select>
            )}
          </Field>
          <Field
            label="At a time"
            error={faults.concurrency}
            hint={draft.concurrency === "1" ? undefined : "They start in order and may overtake each other."}
          >
            {(ids) => (
              <TextInput
                {...ids}
                inputMode="numeric"
                value={draft.concurrency}
                onChange={({ target: field }) => change({ concurrency: field.value })}
              />
            )}
          </Field>
          <PacingField draft={draft} fault={faults.pace} onChange={change} />
        </div>
        <BaselineField value={draft.baseline} onChange={(baseline) => change({ baseline })} />
        <label className="flex min-h-6 items-center gap-2">
          <Tick checked={draft.comparesBodies} onChange={() => change({ comparesBodies: !draft.comparesBodies })} />
          Bodies of answers count as well
        </label>
        {draft.comparesBodies && (
          <Field label="Paths to ignore" hint="In JSON, separated by commas: requestId, items[*].createdAt">
            {(ids) => (
              <TextInput
                {...ids}
                value={draft.ignore}
                onChange={({ target: field }) => change({ ignore: field.value })}
              />
            )}
          </Field>
        )}
        <FaultChoice value={draft.fault} onChange={(fault) => change({ fault })} />
        <Field label="Name" hint="To find it again by.">
          {(ids) => (
            <TextInput
              {...ids}
              maxLength={200}
              value={draft.name}
              onChange={({ target: field }) => change({ name: field.value })}
            />
          )}
        </Field>
        <p role="status" className="font-semibold text-t1 wrap-anywhere">
          {options !== null && count !== null && <SafeText text={planWords(count, options)} />}
        </p>
        {error !== null && (
          <p role="alert" className="text-bad wrap-anywhere">
            {error}
          </p>
        )}
        <Button
          type="submit"
          look="primary"
          className="justify-self-start"
          disabled={isBusy || options === null || count === 0}
        >
          {isBusy ? "Starting" : "Replay"}
        </Button>
      </EngineForm>
    </Modal>
  );
}

/** How many deliveries there are to replay; null until it is known. */
function useCount(selection: RunSelection): number | null {
  const app = useApp();
  const query = "query" in selection ? selection.query : null;
  const [found, setFound] = useState<number | null>(null);
  useEffect(() => {
    if (query === null) return;
    let isWanted = true;
    app.attempt(async () => {
      const { total } = await app.client.call("deliveries.list", { query, limit: 1 });
      if (isWanted) setFound(total);
    });
    return () => {
      isWanted = false;
    };
  }, [app, query]);
  return "ids" in selection ? selection.ids.length : found;
}
