import { type ExportFile, MAX_EXPORTED_BYTES, MAX_EXPORTED_DELIVERIES } from "#shared/contract/export-commands.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { AppError } from "#shared/errors.ts";
import type { EngineDeps } from "../deps.ts";
import type { Export, ExportedDelivery, Exporter } from "../export/exporter.ts";
import { FORMATS, toFixtureFile, whyUnfit } from "../export/formats.ts";
import { ensureFolder, fileTroubleWords, writeFixtureFile } from "../export/write-fixture-file.ts";
import type { Handlers } from "../router.ts";
import type { SettingsArea } from "../settings/settings.ts";
import type { Store } from "../store/store.ts";

/** As many as one call may name. */
const MAX_WRITTEN = 10_000;
const PAGE = 500;
/** Where most servers under development listen. */
const DEFAULT_TARGET = "http://localhost:3000";

type Chosen = { ids?: string[] | undefined; query?: string | undefined };

export function exportHandlers(deps: {
  store: Store;
  exporter: Exporter;
  settings: SettingsArea;
  versions: EngineDeps["versions"];
}): Pick<Handlers, "export.create" | "export.write"> {
  const { store, exporter, settings, versions } = deps;

  /** Throws AppError `input.invalid` for more than `max`, and for a search that cannot be read. */
  async function idsOf({ ids, query }: Chosen, max: number): Promise<readonly string[]> {
    if (ids !== undefined) {
      if (ids.length > max) throw tooMany(ids.length, max);
      return [...new Set(ids)];
    }
    const found: string[] = [];
    for (let before: string | null | undefined; before !== null; ) {
      const page = await store.list(query ?? "", { before }, PAGE);
      if (page.total > max) throw tooMany(page.total, max);
      found.push(...page.items.map(({ id }) => id));
      before = page.before;
    }
    return found.reverse();
  }

  /** Adds one after the other, and hands on what may leave; `take` says why it is left out all the same, or null. */
  async function addAll(
    all: Export,
    ids: readonly string[],
    take: (delivery: ExportedDelivery) => Promise<null> | string | null,
  ) {
    const skipped: { id: string; why: string }[] = [];
    for (const id of ids) {
      const result = await all.add(id);
      const why = result.kind === "skipped" ? result.why : await take(result.delivery);
      if (why !== null) skipped.push({ id, why });
    }
    return skipped;
  }

  return {
    async "export.create"({ format, redact, target, language, ...chosen }) {
      const url = parseTarget(target ?? settings.values.forwardTo ?? DEFAULT_TARGET);
      if (url === null) throw noUrl(target ?? "");
      const surroundings = { target: url, language, version: versions.app };
      const ids = await idsOf(chosen, MAX_EXPORTED_DELIVERIES);
      const all = await exporter(redact);
      const deliveries: ExportedDelivery[] = [];
      let bytes = 0;
      const skipped = await addAll(all, ids, (delivery) => {
        const why = whyUnfit(format, delivery, surroundings);
        if (why !== null) return why;
        bytes += delivery.body.length;
        if (bytes > MAX_EXPORTED_BYTES) throw tooLarge();
        deliveries.push(delivery);
        return null;
      });
      const files = await FORMATS[format](deliveries, surroundings);
      // Escapes and base64 make more of it than there was. A single delivery has its limit by itself.
      if (deliveries.length > 1 && sizeOf(files) > MAX_EXPORTED_BYTES) throw tooLarge();
      return { files, redacted: all.counts(), skipped };
    },
    async "export.write"({ dir, redact, ...chosen }) {
      const ids = await idsOf(chosen, MAX_WRITTEN);
      const all = await exporter(redact);
      const written = { written: 0, unchanged: 0 };
      const foreign: string[] = [];
      try {
        await ensureFolder(dir);
        const skipped = await addAll(all, ids, async (delivery) => {
          const file = toFixtureFile(delivery);
          const outcome = await writeFixtureFile(dir, file);
          if (outcome === "foreign") foreign.push(file.name);
          else written[outcome] += 1;
          return null;
        });
        return { ...written, foreign, redacted: all.counts(), skipped };
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw new AppError("store.unwritable", fileTroubleWords(error, dir), {
          cause: error,
          details: { path: "dir" },
        });
      }
    },
  };
}

function sizeOf(files: readonly ExportFile[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

function noUrl(target: string): AppError {
  return new AppError("input.invalid", `“${target}” is no target. Use a port or an http(s) URL without credentials.`);
}

function tooMany(count: number, max: number): AppError {
  return new AppError(
    "input.invalid",
    `These are ${count} deliveries; ${max} can be exported at once. Narrow the search, by after: and before: for example.`,
  );
}

function tooLarge(): AppError {
  return new AppError(
    "input.invalid",
    `These deliveries are more than ${MAX_EXPORTED_BYTES / 1024 / 1024} MB together: too much for one export. Narrow the search.`,
  );
}
