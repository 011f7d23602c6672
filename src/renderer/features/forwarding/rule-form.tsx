import { useState } from "react";
import { AnswerRule } from "#shared/domain/answer-rule.ts";
import { Field, TextArea, TextInput } from "../../ui/field.tsx";
import { NamedForm } from "./named-form.tsx";
import type { NamedFormProps } from "./named-list.tsx";
import { QueryRow } from "./query-row.tsx";

export function RuleForm({ item, place, onSave }: NamedFormProps<AnswerRule>) {
  const [name, setName] = useState(item?.name ?? "");
  const [query, setQuery] = useState(item?.query ?? "");
  const [status, setStatus] = useState(String(item?.status ?? 503));
  const [delay, setDelay] = useState(String(item?.delayMs ?? 0));
  const [body, setBody] = useState(item?.body ?? "");
  const [contentType, setContentType] = useState(item?.contentType ?? "");
  const type = contentType.trim();
  const draft = {
    name,
    query,
    status: toNumber(status),
    delayMs: toNumber(delay),
    body,
    ...(type !== "" && { contentType: type }),
  };
  return (
    <NamedForm
      label={item === null ? "New fixed answer" : `Change ${item.name}`}
      place={place}
      schema={AnswerRule}
      draft={draft}
      isNew={item === null}
      onSave={onSave}
    >
      {(errorOf) => (
        <>
          <Field label="Name" error={errorOf("name")}>
            {(ids) => (
              <TextInput {...ids} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <QueryRow query={query} error={errorOf("query")} onChange={setQuery} />
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Status" hint="From 200 to 599." error={errorOf("status")}>
              {(ids) => (
                <TextInput
                  {...ids}
                  inputMode="numeric"
                  value={status}
                  onChange={(event) => setStatus(event.target.value)}
                />
              )}
            </Field>
            <Field label="Delay in milliseconds" hint="At most 30 000." error={errorOf("delayMs")}>
              {(ids) => (
                <TextInput
                  {...ids}
                  inputMode="numeric"
                  value={delay}
                  onChange={(event) => setDelay(event.target.value)}
                />
              )}
            </Field>
          </div>
          <Field label="Body" error={errorOf("body")}>
            {(ids) => (
              <TextArea
                {...ids}
                rows={2}
                spellCheck={false}
                className="py-1 font-mono text-code"
                value={body}
                onChange={(event) => setBody(event.target.value)}
              />
            )}
          </Field>
          <Field
            label="Content type"
            hint="Empty means plain text, where there is a body."
            error={errorOf("contentType")}
          >
            {(ids) => (
              <TextInput
                {...ids}
                placeholder="application/json"
                value={contentType}
                onChange={(event) => setContentType(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </NamedForm>
  );
}

/** NaN for what is no number, which the schema refuses. */
function toNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text.replaceAll(/[\s_]/g, ""));
}
