/** A titled part of the report: what it is, and how it stands. */
export interface ReportSection {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, value: string | number | boolean | null | undefined])[];
}

/** The report as text that reads well in an e-mail and in an issue. Every value goes through `redact`. */
export function toReportText(sections: readonly ReportSection[], redact: (text: string) => string): string {
  return sections
    .map(({ title, lines }) => {
      const known = lines.filter(([, value]) => value !== undefined);
      const width = Math.max(0, ...known.map(([label]) => label.length));
      const body = known.map(([label, value]) => `  ${label.padEnd(width)}  ${redact(toWords(value))}`.trimEnd());
      return [title, ...(body.length > 0 ? body : ["  none"])].join("\n");
    })
    .join("\n\n")
    .concat("\n");
}

function toWords(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** Of these, the text is one of a few that the app itself knows. */
const PLAIN_TEXTS: ReadonlySet<string> = new Set([
  "activityRange",
  "apiAuth",
  "theme",
  "density",
  "stack",
  "answerMode",
]);
/** These are a word that the app knows, or an address. */
const ADDRESSES: ReadonlySet<string> = new Set(["tunnel", "tunnelHost", "api", "forwardTo"]);

/**
 * A setting's value as far as it says nothing of the user: switches and numbers whole, addresses for the redactor to cut
 * short, of everything else how much there is. What is not known here is therefore not shown.
 */
export function toSettingWords(name: string, value: unknown): string {
  switch (typeof value) {
    case "boolean":
      return value ? "yes" : "no";
    case "number":
      return String(value);
    case "string":
      if (value.startsWith("ssh://")) return "ssh://<user>@<host>";
      return PLAIN_TEXTS.has(name) || ADDRESSES.has(name) ? value : "set";
    default:
      if (value === null || value === undefined) return "none";
      return Array.isArray(value) ? `${value.length} of them` : `${Object.keys(value).length} of them`;
  }
}
