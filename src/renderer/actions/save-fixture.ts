import { FIXTURE_SECRET } from "#shared/fixtures/fixture-secret.ts";
import type { App } from "../app-context.ts";
import { targetIds } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { formatPlural } from "../theme/format.ts";

/** One delivery becomes a file where the user wants it; several go into a folder, which is asked for. */
export async function saveFixtures(app: App): Promise<void> {
  const ids = targetIds(app.store.getState());
  const [id] = ids;
  if (id === undefined) return;
  if (ids.length > 1) return setView(app.store, { dialog: { kind: "fixtures", ids } });
  const { files, redacted, skipped } = await app.client.call("export.create", { format: "fixtures", ids: [id] });
  const [file] = files;
  if (file === undefined) {
    return app.toast(`This cannot be a fixture. ${skipped[0]?.why ?? ""}`, { tone: "bad" });
  }
  if (!(await app.shell.saveFile(file.name, new TextEncoder().encode(file.text)))) return;
  const taken = redacted.reduce((sum, { count }) => sum + count, 0);
  app.toast(`Fixture saved, ${formatPlural(taken, "value")} redacted. Test secret: ${FIXTURE_SECRET}`);
}
