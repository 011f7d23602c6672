import { eventEntry } from "./event-catalogue.ts";
import { FIELDS, type FieldFacts, type FieldName } from "./event-fields.ts";
import { EVENT_TYPES, type EventType } from "./event-types.ts";

/** What developers build their handlers on, made of what the catalogue knows: it cannot say anything else than the app. */

/** An interface for each event and a union of all, as the text of a module without imports. */
export function eventTypeScript(): string {
  const names = EVENT_TYPES.map(interfaceName);
  return [
    "// The events of api.video, for a handler. Made by: apivideo-inspector types",
    ...EVENT_TYPES.map(interfaceOf),
    `/** Any event of api.video; \`type\` says which. */\nexport type ApiVideoEvent =\n${names.map((name) => `  | ${name}`).join("\n")};\n`,
  ].join("\n\n");
}

/** One JSON Schema (draft 2020-12) for any event. What is not known of them is allowed: events of the future have more. */
export function eventJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "api.video webhook event",
    oneOf: EVENT_TYPES.map((type) => ({ $ref: `#/$defs/${interfaceName(type)}` })),
    $defs: Object.fromEntries(EVENT_TYPES.map((type) => [interfaceName(type), schemaOf(type)])),
  };
}

/** `video.caption.generated` is VideoCaptionGenerated. */
function interfaceName(type: EventType): string {
  return type.replace(/(?:^|[.-])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function interfaceOf(type: EventType): string {
  const { meaning, fields, optional } = entryOf(type);
  const members = fields.map((name) => {
    const mark = optional.includes(name) ? "?" : "";
    return `  /** ${FIELDS[name].meaning} */\n  ${name}${mark}: ${typeOf(name, type)};`;
  });
  return `/** ${meaning} */\nexport interface ${interfaceName(type)} {\n${members.join("\n")}\n}`;
}

function typeOf(name: FieldName, type: EventType): string {
  if (name === "type") return JSON.stringify(type);
  const { values, isOpen = false }: FieldFacts = FIELDS[name];
  if (values === undefined) return "string";
  const known = values.map((value) => JSON.stringify(value)).join(" | ");
  // Offers what is known, and takes what is not.
  return isOpen ? `${known} | (string & {})` : known;
}

function schemaOf(type: EventType): Readonly<Record<string, unknown>> {
  const { meaning, fields, optional } = entryOf(type);
  return {
    type: "object",
    description: meaning,
    properties: Object.fromEntries(fields.map((name) => [name, propertyOf(name, type)])),
    required: fields.filter((name) => !optional.includes(name)),
  };
}

function propertyOf(name: FieldName, type: EventType): Readonly<Record<string, unknown>> {
  if (name === "type") return { const: type };
  const { kind, meaning, example, values, isOpen = false }: FieldFacts = FIELDS[name];
  return {
    type: "string",
    description: meaning,
    ...(kind === "date" && { format: "date-time" }),
    ...(values !== undefined && (isOpen ? { examples: values } : { enum: values })),
    ...(values === undefined && { examples: [example] }),
  };
}

function entryOf(type: EventType) {
  const entry = eventEntry(type);
  if (entry === undefined) throw new Error(`The catalogue has no ${type}.`);
  return entry;
}
