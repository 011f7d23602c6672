import type { ExportFormat, SnippetLanguage } from "#shared/contract/export-commands.ts";
import { deliveryNumber } from "#shared/domain/delivery.ts";
import type { App } from "../app-context.ts";
import { targetIds } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { formatPlural } from "../theme/format.ts";
import { type Action, hasSelection, hasTargets } from "./action.ts";

/** Each with what its code sends by. */
const LANGUAGES: readonly (readonly [SnippetLanguage, label: string, detail: string])[] = [
  ["node", "Node.js", "node:http"],
  ["python", "Python", "requests"],
  ["php", "PHP", "ext-curl"],
  ["ruby", "Ruby", "net/http"],
  ["go", "Go", "net/http"],
  ["java", "Java", "java.net.http"],
];

export const EXPORT_ACTIONS: readonly Action[] = [
  {
    id: "delivery.copyCurl",
    needsEngine: true,
    label: "Copy as cURL",
    keys: [],
    keywords: "command terminal bash shell clipboard export request",
    when: hasSelection,
    run: (app) => app.attempt(() => copyAs(app, { format: "curl" }, "cURL for bash")),
  },
  {
    id: "delivery.copyCode",
    needsEngine: true,
    label: "Copy as code…",
    keys: [],
    keywords: "snippet program script clipboard export request language",
    when: hasSelection,
    run: (app) => setView(app.store, { dialog: { kind: "palette", asks: "delivery.copyCode" } }),
    choices: () =>
      LANGUAGES.map(([language, label, detail]) => ({
        ...{ id: language, label, detail },
        run: (app) => app.attempt(() => copyAs(app, { format: "snippet", language }, `code in ${label}`)),
      })),
  },
  {
    id: "delivery.saveHar",
    needsEngine: true,
    label: "Save as HAR",
    keys: [],
    keywords: "export http archive browser network file",
    when: hasTargets,
    run: (app) => app.attempt(() => saveAs(app, "har")),
  },
  {
    id: "delivery.saveJsonl",
    needsEngine: true,
    label: "Save as JSON lines",
    keys: [],
    keywords: "export jsonl ndjson backup share file",
    when: hasTargets,
    run: (app) => app.attempt(() => saveAs(app, "jsonl")),
  },
];

/** What sends the same bytes to where deliveries are forwarded to. */
async function copyAs(
  app: App,
  form: { readonly format: ExportFormat; readonly language?: SnippetLanguage },
  name: string,
): Promise<void> {
  const id = app.store.getState().view.selectedId;
  if (id === null) return;
  const { files, redacted, skipped } = await app.client.call("export.create", { ...form, ids: [id] });
  const [file] = files;
  if (file === undefined) return app.toast(`It cannot be copied. ${skipped[0]?.why ?? ""}`, { tone: "bad" });
  await app.shell.copyText(file.text);
  app.toast(`Copied as ${name}${takenOut(redacted)}.`);
}

/** What is marked, else what is selected, in one file. What only a part arrived of is left out, and said. */
async function saveAs(app: App, format: "har" | "jsonl"): Promise<void> {
  // The list has the newest first; a file tells it as it came.
  const ids = targetIds(app.store.getState()).toSorted((a, b) => deliveryNumber(a) - deliveryNumber(b));
  const { files, redacted, skipped } = await app.client.call("export.create", { format, ids });
  const [file] = files;
  const saved = ids.length - skipped.length;
  if (file === undefined || saved === 0) {
    return app.toast(`Nothing can be saved. ${skipped[0]?.why ?? ""}`, { tone: "bad" });
  }
  if (!(await app.shell.saveFile(file.name, new TextEncoder().encode(file.text)))) return;
  const leftOut = skipped.length > 0 ? `; ${skipped.length} left out: ${skipped[0]?.why}` : ".";
  app.toast(`${formatPlural(saved, "delivery", "deliveries")} saved${takenOut(redacted)}${leftOut}`);
}

function takenOut(redacted: readonly { readonly count: number }[]): string {
  const count = redacted.reduce((sum, rule) => sum + rule.count, 0);
  return count === 0 ? "" : `, ${formatPlural(count, "value")} redacted`;
}
