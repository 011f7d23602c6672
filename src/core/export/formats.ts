import type { ExportFile, ExportFormat, SnippetLanguage } from "#shared/contract/export-commands.ts";
import { fixtureName } from "#shared/fixtures/fixture-name.ts";
import { writeFixture } from "#shared/fixtures/fixture-text.ts";
import type { ExportedDelivery } from "./exporter.ts";
import { whyNoSnippet } from "./snippet-fit.ts";
import { toCurl } from "./to-curl.ts";
import { toFixture } from "./to-fixture.ts";
import { writeHar } from "./to-har.ts";
import { toRaw } from "./to-raw.ts";
import { toRecord } from "./to-record.ts";
import { openSnippets } from "./to-snippet.ts";

interface Surroundings {
  /** Where curl and code send to. */
  readonly target: URL;
  readonly language: SnippetLanguage;
  /** That of this app. */
  readonly version: string;
}

type Write = (
  deliveries: readonly ExportedDelivery[],
  surroundings: Surroundings,
) => ExportFile[] | Promise<ExportFile[]>;

/** What each format makes of the deliveries, in their order: a file each, or one of all. */
export const FORMATS = {
  fixtures: (deliveries) => deliveries.map(toFixtureFile),
  jsonl: (deliveries) => [
    { name: "deliveries.jsonl", text: deliveries.map((one) => `${JSON.stringify(toRecord(one))}\n`).join("") },
  ],
  har: (deliveries, { version }) => [{ name: "deliveries.har", text: writeHar(deliveries, version) }],
  curl: (deliveries, { target }) => deliveries.map((one) => ({ name: `${nameOf(one)}.sh`, text: toCurl(one, target) })),
  raw: (deliveries) => deliveries.map((one) => ({ name: `${nameOf(one)}.http`, ...toRaw(one) })),
  snippet: async (deliveries, { target, language }) => {
    const { extension, toSnippet } = await openSnippets(language);
    return deliveries.map((one) => ({ name: `${nameOf(one)}.${extension}`, text: toSnippet(one, target) }));
  },
} satisfies Readonly<Record<ExportFormat, Write>>;

/** Why a format cannot hold a delivery, and what to do, in words; null where it can. */
export function whyUnfit(format: ExportFormat, delivery: ExportedDelivery, { target }: Surroundings): string | null {
  return format === "snippet" ? whyNoSnippet(delivery, target) : null;
}

export function toFixtureFile(delivery: ExportedDelivery): ExportFile {
  const fixture = toFixture(delivery);
  return { name: `${fixture.name}.json`, text: writeFixture(fixture) };
}

function nameOf({ summary: { id, receivedAt }, type, subject }: ExportedDelivery): string {
  return fixtureName({ id, receivedAt, type, subject });
}
