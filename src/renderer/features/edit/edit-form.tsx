import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { findTarget } from "#shared/domain/named-target.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { NeedsEngine, useEngineGone } from "../../ui/engine-gone.tsx";
import { Field, TextInput } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { TargetField, useTargets } from "../common/target-field.tsx";
import { BodyFields } from "./body-fields.tsx";
import { changeWords, type Draft, faultsOf, hasFault, isDirty, isSameSignature } from "./draft.ts";
import { HeaderFields } from "./header-fields.tsx";
import { SendBar } from "./send-bar.tsx";
import { type SendFailure, sendEdited, showSent } from "./send-edited.ts";
import { SignFields } from "./sign-fields.tsx";
import type { Opened } from "./use-original.ts";
import { usePreview } from "./use-preview.ts";

/** All of a delivery that can be edited, and below it what will come of it. */
export function EditForm({ title, opened, onClose }: { title: string; opened: Opened; onClose: () => void }) {
  const app = useApp();
  const { original } = opened;
  const [draft, setDraft] = useState(opened.draft);
  const [isBusy, setIsBusy] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<SendFailure | null>(null);
  const asked = useRef<Element | null>(null);
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  const gone = useEngineGone(true);
  const forwardTo = useAppState(({ mirror }) => mirror?.forwarding.target ?? null);
  const hasRoutes = useAppState(({ mirror }) => mirror?.forwarding.routes !== undefined);
  const targets = useTargets();
  // Which route it goes by, the engine alone can tell.
  const otherwise = hasRoutes ? "" : (forwardTo ?? "");
  const to = parseTarget(findTarget(targets, draft.target)?.url ?? (draft.target.trim() || otherwise));
  const hasOwnPath = to !== null && to.pathname !== "/";
  const faults = useMemo(() => faultsOf(draft, targets), [draft, targets]);
  const isFaulty = hasFault(faults);
  const preview = usePreview(draft, original, isFaulty);
  // Until the engine has said otherwise, another signature is another one.
  const isAnswered = preview.kind === "ready" && preview.of === draft;
  const isSignedAnew = draft.sign !== "keep" && !(isAnswered && isSameSignature(preview.value.signature, original));
  const changed = changeWords(draft, original, isSignedAnew);
  const edit = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));

  const send = async (): Promise<void> => {
    if (isBusy || isFaulty || gone !== null) return;
    setIsBusy(true);
    setFailure(null);
    const sent = await sendEdited(app, changed.length === 0 ? { ...draft, sign: "keep" } : draft, original);
    if (!isOpen.current) {
      // Whoever closed it while it was waiting for an answer is elsewhere by now: the message has to do.
      if (sent.kind === "failed") app.toast(sent.message, { tone: "bad" });
    } else if (sent.kind === "sent") {
      onClose();
      showSent(app, sent.deliveryId);
    } else {
      setFailure(sent);
      setIsBusy(false);
    }
  };
  const stay = (): void => {
    setIsAsking(false);
    // The question had the focus, and goes with it.
    if (asked.current instanceof HTMLElement) asked.current.focus();
  };
  const close = (): void => {
    if (isAsking) stay();
    else if (isBusy || !isDirty(draft, opened.draft, original, faults)) onClose();
    else {
      asked.current = document.activeElement;
      setIsAsking(true);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    // Before the editor, which would add a line.
    event.preventDefault();
    event.stopPropagation();
    // Its failure is shown in the dialog.
    void send();
  };

  return (
    <Modal
      title={title}
      isWide
      onClose={close}
      bar={
        <SendBar
          preview={preview}
          draft={draft}
          {...{ changed, isFaulty, isBusy, failure, isAsking }}
          onSend={() => void send()}
          onStay={stay}
          onLeave={onClose}
        />
      }
    >
      <NeedsEngine>
        <div className="grid gap-4" onKeyDownCapture={onKeyDown}>
          <p className="text-t3">{`What is sent is kept as a new delivery. ${original.id} stays as it is.`}</p>
          <div className="grid gap-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <Field label="Method" error={faults.method}>
              {(ids) => (
                <TextInput
                  {...ids}
                  className="font-mono text-code"
                  value={draft.method}
                  onChange={({ target }) => edit({ method: target.value.toUpperCase() })}
                />
              )}
            </Field>
            <Field
              label="Path"
              error={faults.path}
              hint={hasOwnPath ? "The target has a path of its own, which is sent instead." : undefined}
            >
              {(ids) => (
                <TextInput
                  {...ids}
                  className="font-mono text-code"
                  value={draft.path}
                  onChange={({ target }) => edit({ path: target.value })}
                />
              )}
            </Field>
          </div>
          <BodyFields
            body={draft.body}
            bodyBytes={original.bodyBytes}
            fault={faults.body}
            onChange={(body) => edit({ body })}
          />
          <HeaderFields
            rows={draft.headers}
            faults={faults}
            sign={draft.sign}
            onChange={(headers) => edit({ headers })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <SignFields
              sign={draft.sign}
              secret={draft.secret}
              onSign={(sign) => edit({ sign })}
              onSecret={(secret) => edit({ secret })}
            />
            <TargetField
              label="Send to"
              hint={whereEmptyLeads(forwardTo, hasRoutes)}
              placeholder={(hasRoutes ? null : forwardTo) ?? "http://localhost:3000"}
              error={faults.target}
              value={draft.target}
              onChange={(target) => edit({ target })}
            />
          </div>
        </div>
      </NeedsEngine>
    </Modal>
  );
}

/** Where it goes while nothing stands in the field; where that is nowhere, what may stand there. */
function whereEmptyLeads(forwardTo: string | null, hasRoutes: boolean): string {
  if (hasRoutes) return "Empty, it goes where the routes say.";
  if (forwardTo !== null) return "Empty, it goes where deliveries are forwarded to.";
  return "A target's name, a URL, or a bare port of this machine.";
}
