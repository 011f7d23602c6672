import { eventEntry } from "./event-catalogue.ts";
import { FIELDS, type FieldFacts, type FieldName, fieldFacts } from "./event-fields.ts";
import { EVENT_TYPES } from "./event-types.ts";

/** One way in which a payload differs from what api.video documents. No fault: events of the future look like this. */
export type ShapeFinding =
  | { readonly kind: "no-object" }
  | { readonly kind: "tutorial-dialect" }
  | { readonly kind: "no-type" }
  | { readonly kind: "unknown-type"; readonly type: string }
  | { readonly kind: "unknown-field"; readonly field: string; readonly nearest?: string }
  | { readonly kind: "missing-field"; readonly field: FieldName }
  | { readonly kind: "wrong-kind"; readonly field: FieldName; readonly got: string }
  | { readonly kind: "unknown-value"; readonly field: FieldName; readonly value: string }
  | { readonly kind: "no-date"; readonly field: FieldName; readonly value: string };

/** More would be a list that nobody reads; a hostile body can have any number of members. */
const MAX_FINDINGS = 50;

/** What of a parsed payload differs from api.video's documentation, in its own order; empty where nothing does. */
export function checkShape(payload: unknown): ShapeFinding[] {
  if (!isObject(payload)) return [{ kind: "no-object" }];
  if (isTutorial(payload)) return [{ kind: "tutorial-dialect" }];
  const type = Object.hasOwn(payload, "type") ? payload["type"] : undefined;
  if (typeof type !== "string") {
    return [type === undefined ? { kind: "no-type" } : { kind: "wrong-kind", field: "type", got: kindOf(type) }];
  }
  const entry = eventEntry(type);
  if (entry === undefined) return [{ kind: "unknown-type", type }];

  const findings: ShapeFinding[] = [];
  for (const [name, value] of Object.entries(payload)) {
    if (findings.length === MAX_FINDINGS) break;
    const field = entry.fields.find((known) => known === name);
    if (field === undefined) findings.push(unknownField(name));
    else findings.push(...checkValue(field, value));
  }
  for (const field of entry.fields) {
    const isThere = Object.hasOwn(payload, field) || entry.optional.includes(field);
    if (!isThere) findings.push({ kind: "missing-field", field });
  }
  return findings.slice(0, MAX_FINDINGS);
}

function checkValue(field: FieldName, value: unknown): ShapeFinding[] {
  if (typeof value !== "string") return [{ kind: "wrong-kind", field, got: kindOf(value) }];
  const facts: FieldFacts = FIELDS[field];
  if (facts.kind === "date" && Number.isNaN(Date.parse(value))) return [{ kind: "no-date", field, value }];
  const { values, isOpen = false } = facts;
  // Prose and payloads write HLS and hls: the case is no deviation.
  const isKnown = values === undefined || isOpen || values.includes(value.toLowerCase());
  return isKnown ? [] : [{ kind: "unknown-value", field, value }];
}

function unknownField(name: string): ShapeFinding {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  const nearest = fieldFacts(name) ? undefined : Object.keys(FIELDS).find((known) => plain(known) === plain(name));
  return { kind: "unknown-field", field: name, ...(nearest !== undefined && { nearest }) };
}

/** The shape of a widely read tutorial: `{event, data: {…}}`. */
function isTutorial(payload: Record<string, unknown>): boolean {
  return typeof payload["event"] === "string" && !Object.hasOwn(payload, "type") && isObject(payload["data"]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  switch (typeof value) {
    case "object":
      return "an object";
    case "string":
      return "a text";
    case "number":
      return "a number";
    default:
      return "true or false";
  }
}

/** A finding in a sentence. Names and values in it are the sender's text. */
export function shapeWords(finding: ShapeFinding): string {
  switch (finding.kind) {
    case "no-object":
      return "The body is not a JSON object; each event of api.video is one.";
    case "tutorial-dialect":
      return "This is a tutorial's shape, {event, data}. api.video sends flat objects with type and emittedAt, so a handler written for this one reads nothing from a real event.";
    case "no-type":
      return "It has no type, which each event of api.video has.";
    case "unknown-type":
      return `The type ${quoted(finding.type)} is none of the ${EVENT_TYPES.length} that api.video documents. It can be newer than this app.`;
    case "unknown-field":
      return finding.nearest === undefined
        ? `The field ${quoted(finding.field)} is not documented for this event.`
        : `The field ${quoted(finding.field)} is not documented; api.video writes ${finding.nearest}.`;
    case "missing-field":
      return `The field ${finding.field} is missing.`;
    case "wrong-kind":
      return `The field ${finding.field} is ${finding.got}; api.video sends a text.`;
    case "unknown-value":
      return `${finding.field} is ${quoted(finding.value)}; documented: ${documentedValues(finding.field)}.`;
    case "no-date":
      return `${finding.field} is ${quoted(finding.value)}, which is no date that can be read.`;
  }
}

/** The same in a few words, beside the member it is about. */
export function shapeHint(finding: ShapeFinding): string {
  switch (finding.kind) {
    case "no-object":
    case "tutorial-dialect":
    case "no-type":
    case "missing-field":
      return shapeWords(finding);
    case "unknown-type":
      return "not a documented type";
    case "unknown-field":
      return finding.nearest === undefined ? "not documented" : `not documented; api.video writes ${finding.nearest}`;
    case "wrong-kind":
      return "api.video sends a text";
    case "unknown-value":
      return `documented: ${documentedValues(finding.field)}`;
    case "no-date":
      return "no date that can be read";
  }
}

function documentedValues(field: FieldName): string {
  const facts: FieldFacts = FIELDS[field];
  return (facts.values ?? []).join(", ");
}

const MAX_QUOTED = 80;

function quoted(text: string): string {
  return text.length > MAX_QUOTED ? `“${text.slice(0, MAX_QUOTED)}…”` : `“${text}”`;
}
