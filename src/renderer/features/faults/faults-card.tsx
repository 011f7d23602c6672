import { useEffect, useId, useRef, useState } from "react";
import { type Fault, type LiveFault, NextFaults } from "#shared/domain/fault.ts";
import { faultSentence, liveFaultSentence } from "#shared/domain/fault-sentence.ts";
import { AppError } from "#shared/errors.ts";
import { stopFault } from "../../actions/fault-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { TextInput, Tick } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { bringToTop } from "../settings/go-to-setting.ts";
import { FaultFields, type FaultRefusal, toNumber } from "./fault-fields.tsx";
import { firstFault, isFit, rightAnswer } from "./fault-kinds.ts";

/** What goes wrong on purpose with the forwards to come: which fault, how often, and what a handler should make of it. */
export function FaultsCard() {
  const live = useAppState(({ mirror }) => mirror?.faults ?? null);
  const goesNowhere = useAppState(
    ({ mirror }) => mirror?.forwarding.target === null && mirror.forwarding.routes === undefined,
  );
  const card = useLedTo();
  return (
    <div ref={card} className="grid">
      <Card title="Faults on demand" aside={live === null ? "Off" : "On"}>
        <div className="grid gap-3">
          <p className="text-t3">
            See what your handler makes of what can go wrong on the way. Only forwards get it: deliveries are kept as
            they came, a replay is sent as it should be, and a run of many has a fault of its own.
          </p>
          {goesNowhere && (
            <Notice tone="info">
              <b>Nothing is forwarded.</b> A fault shows once there is a target or a route.
            </Notice>
          )}
          <FaultForm live={live} />
        </div>
      </Card>
    </div>
  );
}

/** Brings the card into sight and the focus into it, where one was led to it from elsewhere. */
function useLedTo() {
  const app = useApp();
  const card = useRef<HTMLDivElement>(null);
  const isAsked = useAppState(({ view }) => view.section === "faults");
  useEffect(() => {
    if (!isAsked || card.current === null) return;
    bringToTop(card.current);
    card.current.querySelector("select")?.focus({ preventScroll: true });
    // One may be led here again.
    setView(app.store, { section: null });
  }, [app, isAsked]);
  return card;
}

function FaultForm({ live }: { live: LiveFault | null }) {
  const app = useApp();
  const start = useRef<HTMLButtonElement>(null);
  const [fault, setFault] = useState<Fault>(() => live?.fault ?? firstFault("duplicate"));
  const [isEvery, setIsEvery] = useState(live !== null && live.left === null);
  const [count, setCount] = useState(String(live?.left || 10));
  const [refusal, setRefusal] = useState<FaultRefusal | null>(null);
  const isRelayed = useAppState(({ mirror }) => mirror?.settings.values.answerMode === "relay");
  const next = isEvery ? null : toNumber(count);
  const nextError = NextFaults.safeParse(next).error?.issues[0]?.message ?? null;
  const isReady = nextError === null && isFit(fault);
  const isShownThere = refusal !== null && (refusal.field === "next" || refusal.field in fault);

  const submit = async (): Promise<void> => {
    setRefusal(null);
    if (!isReady) return;
    try {
      await app.client.call("faults.set", { fault, next });
    } catch (error) {
      setRefusal(toRefusal(error));
    }
  };

  const stop = (): void => {
    // It goes with the fault, and the focus with it.
    start.current?.focus();
    app.attempt(() => stopFault(app));
  };

  return (
    <EngineForm
      aria-label="Fault on demand"
      className="grid gap-3"
      // Its failure is shown in it.
      onSubmit={() => void submit()}
    >
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <FaultFields
          value={fault}
          refusal={refusal}
          onChange={(changed) => {
            setRefusal(null);
            setFault(changed);
          }}
        />
      </div>
      <HowMany
        isEvery={isEvery}
        count={count}
        error={nextError ?? (refusal?.field === "next" ? refusal.message : null)}
        onChange={(every, text) => {
          setRefusal(null);
          setIsEvery(every);
          setCount(text);
        }}
      />
      {isReady && (
        <div role="status" className="grid gap-1">
          <p className="font-semibold text-t1 wrap-anywhere">
            <SafeText text={faultSentence(fault, next)} />
          </p>
          <p>{rightAnswer(fault)}</p>
          {isRelayed && (
            <p className="text-t3">
              Your server's answers are relayed: what it refuses, api.video sends again, and that counts anew.
            </p>
          )}
        </div>
      )}
      {refusal !== null && !isShownThere && (
        <p role="alert" className="text-bad wrap-anywhere">
          {refusal.message}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button ref={start} type="submit" look="primary" disabled={!isReady}>
          {live === null ? "Start" : "Start this one instead"}
        </Button>
        {live !== null && <Button onClick={stop}>Stop</Button>}
        {live !== null && (
          <span className="min-w-0 text-t2 wrap-anywhere">
            Now: <SafeText text={liveFaultSentence(live)} />
          </span>
        )}
      </div>
    </EngineForm>
  );
}

function HowMany(props: {
  isEvery: boolean;
  count: string;
  error: string | null;
  onChange: (isEvery: boolean, count: string) => void;
}) {
  const { isEvery, count, error, onChange } = props;
  const id = useId();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-semibold text-t1">For how many deliveries</legend>
      <div className="flex items-center gap-2">
        <label className="flex items-center gap-2">
          <Tick type="radio" name={id} checked={!isEvery} onChange={() => onChange(false, count)} />
          The next
        </label>
        <TextInput
          aria-label="How many of the next"
          aria-invalid={error !== null || undefined}
          aria-describedby={error === null ? undefined : `${id}-error`}
          inputMode="numeric"
          className="w-20!"
          value={count}
          onChange={({ target }) => onChange(false, target.value)}
        />
      </div>
      <label className="flex items-center gap-2">
        <Tick type="radio" name={id} checked={isEvery} onChange={() => onChange(true, count)} />
        All, until I stop it
      </label>
      {error !== null && (
        <p id={`${id}-error`} role="alert" className="text-small text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** The engine names the parameter that it would not have, and puts that in front of the reason. */
function toRefusal(error: unknown): FaultRefusal {
  const path = error instanceof AppError ? error.details["path"] : undefined;
  if (typeof path !== "string" || path === "") return { field: "", message: toMessage(error) };
  return { field: path.replace(/^fault\./, ""), message: toMessage(error).replace(`faults.set: ${path}: `, "") };
}
