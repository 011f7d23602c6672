import type { ExportFile, ExportFormat } from "#shared/contract/export-commands.ts";
import { writeFixture } from "#shared/fixtures/fixture-text.ts";
import type { ExportedDelivery } from "./exporter.ts";
import { toFixture } from "./to-fixture.ts";

/** What each format makes of the deliveries, in their order: a file each, or one of all. */
export const FORMATS: Readonly<Record<ExportFormat, (deliveries: readonly ExportedDelivery[]) => ExportFile[]>> = {
  fixtures: (deliveries) => deliveries.map(toFixtureFile),
};

export function toFixtureFile(delivery: ExportedDelivery): ExportFile {
  const fixture = toFixture(delivery);
  return { name: `${fixture.name}.json`, text: writeFixture(fixture) };
}
