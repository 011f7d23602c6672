import { useId, useState } from "react";
import { MAX_HELD } from "#shared/domain/hold.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { Button } from "../../ui/button.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { Field, TextInput, Tick } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";

/** What is to be held before it is forwarded: a search, at first that of the list, and how many. */
export function HoldDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const name = useId();
  const rule = useAppState(({ mirror }) => mirror?.hold.rule ?? null);
  const filter = useAppState(({ view }) => view.filter.trim());
  const [query, setQuery] = useState(rule?.query ?? filter);
  const [isEvery, setIsEvery] = useState(rule !== null && rule.next === null);
  const [count, setCount] = useState(String(rule?.next ?? 1));
  const [error, setError] = useState<string | null>(null);
  const [fault] = parseQuery(query).errors;
  const number = Number(count);
  const isCountFit = isEvery || (Number.isInteger(number) && number >= 1 && number <= MAX_HELD);

  const hold = async (): Promise<void> => {
    setError(null);
    try {
      await app.client.call("hold.set", { query: query.trim(), next: isEvery ? null : number });
      onClose();
    } catch (failure) {
      setError(toMessage(failure));
    }
  };

  return (
    <Modal
      title="Hold the next match"
      description="What matches is answered and kept as ever, and waits before it is forwarded, until you forward, edit or drop it. All else passes."
      onClose={onClose}
    >
      <EngineForm
        className="grid gap-3"
        // Its failure is shown beside the field.
        onSubmit={() => fault === undefined && isCountFit && void hold()}
      >
        <Field
          label="Deliveries that match"
          hint="A search as in the filter; empty, every delivery matches."
          error={fault?.message ?? error}
        >
          {(ids) => (
            <TextInput
              {...ids}
              className="font-mono text-code"
              maxLength={MAX_QUERY_CHARS}
              placeholder="type:video.encoding quality=720p"
              value={query}
              onChange={({ target }) => setQuery(target.value)}
            />
          )}
        </Field>
        <fieldset className="grid gap-1.5">
          <legend className="mb-1 font-semibold text-t1">How many</legend>
          <div className="flex items-center gap-2">
            <label className="flex items-center gap-2">
              <Tick type="radio" name={name} checked={!isEvery} onChange={() => setIsEvery(false)} />
              The next
            </label>
            <TextInput
              aria-label="How many of the next"
              aria-invalid={!isCountFit || undefined}
              inputMode="numeric"
              className="w-16!"
              value={count}
              onChange={({ target }) => {
                setIsEvery(false);
                setCount(target.value);
              }}
            />
          </div>
          <label className="flex items-center gap-2">
            <Tick type="radio" name={name} checked={isEvery} onChange={() => setIsEvery(true)} />
            Every one, until I hold no more
          </label>
          {!isCountFit && (
            <p role="alert" className="text-small text-bad">
              {`A number from 1 to ${MAX_HELD}.`}
            </p>
          )}
        </fieldset>
        <p className="text-t3">{`At most ${MAX_HELD} wait at a time; further ones pass. Holding ends with the app.`}</p>
        <Button
          type="submit"
          look="primary"
          className="justify-self-start"
          disabled={fault !== undefined || !isCountFit}
        >
          Hold
        </Button>
      </EngineForm>
    </Modal>
  );
}
