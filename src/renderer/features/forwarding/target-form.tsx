import { useState } from "react";
import { Target } from "#shared/domain/named-target.ts";
import { Field, TextArea, TextInput } from "../../ui/field.tsx";
import { formatHeaderLines, parseHeaderLines } from "./header-lines.ts";
import { NamedForm } from "./named-form.tsx";
import type { NamedFormProps } from "./named-list.tsx";

export function TargetForm({ item, place, onSave }: NamedFormProps<Target>) {
  const [name, setName] = useState(item?.name ?? "");
  const [url, setUrl] = useState(item?.url ?? "");
  const [headers, setHeaders] = useState(formatHeaderLines(item?.headers ?? []));
  return (
    <NamedForm
      label={item === null ? "New target" : `Change ${item.name}`}
      place={place}
      schema={Target}
      draft={{ name, url: url.trim(), headers: parseHeaderLines(headers) }}
      isNew={item === null}
      onSave={onSave}
    >
      {(errorOf) => (
        <>
          <Field label="Name" hint="Routes and --to know it by this." error={errorOf("name")}>
            {(ids) => (
              <TextInput {...ids} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Field
            label="URL"
            hint="A bare port means http://localhost. With a path, that path takes the place of the delivery's."
            error={errorOf("url")}
          >
            {(ids) => (
              <TextInput
                {...ids}
                placeholder="http://localhost:3000"
                value={url}
                onChange={(event) => setUrl(event.target.value)}
              />
            )}
          </Field>
          <Field
            label="Headers to add"
            hint="One a line, as Name: value. They come behind the delivery's own, and are kept with the settings: not the place for a secret that matters."
            error={errorOf("headers")}
          >
            {(ids) => (
              <TextArea
                {...ids}
                rows={2}
                spellCheck={false}
                placeholder="X-Stage: dev"
                className="py-1 font-mono text-code"
                value={headers}
                onChange={(event) => setHeaders(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </NamedForm>
  );
}
