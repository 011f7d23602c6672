import { useEffect, useState } from "react";
import { SETTING_FLAGS, type Settings, Settings as SettingsSchema } from "#shared/domain/settings.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";

/** What was saved is told of well within this; what is there then is shown, be it somebody else's change. */
const SETTLED_MS = 1_000;

/** One setting as a control sees it. */
export interface SettingHandle<K extends keyof Settings> {
  readonly value: Settings[K];
  /** What was chosen last, which may yet be on its way: to be shown at once, and built on by the next choice. */
  readonly chosen: Settings[K];
  /** True where a flag or variable decides: it cannot be changed here. */
  readonly isFixed: boolean;
  readonly error: string | null;
  /** Checks and saves; the words for what is wrong end up in `error`. True when it was saved. */
  save(value: unknown): Promise<boolean>;
  /** The same, which answers with what is wrong, or null where it was saved. */
  saveOrSay(value: unknown): Promise<string | null>;
}

/** The setting `key`, with its error and how to save it; null before the first load. */
export function useSetting<K extends keyof Settings>(key: K): SettingHandle<K> | null {
  const app = useApp();
  const value = useAppState(({ mirror }) => mirror?.settings.values[key]);
  const isFixed = useAppState(({ mirror }) => isFixedSource(mirror?.settings.sources[key]));
  const [error, setError] = useState<string | null>(null);
  const [draft, setDraft] = useState<{ readonly value: Settings[K] } | null>(null);
  const [saves, setSaves] = useState(0);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (saves === 0) setDraft(null);
  }
  useEffect(() => {
    if (saves > 0 || draft === null) return undefined;
    const settled = setTimeout(() => setDraft(null), SETTLED_MS);
    return () => clearTimeout(settled);
  }, [saves, draft]);
  if (value === undefined) return null;

  async function saveOrSay(next: unknown): Promise<string | null> {
    const parsed = SettingsSchema.shape[key].safeParse(next);
    if (!parsed.success) return fail(parsed.error.issues[0]?.message ?? "This cannot be used.");
    // What the schema of a setting gives is a value of it.
    setDraft({ value: parsed.data as Settings[K] });
    setSaves((count) => count + 1);
    try {
      await app.saveSettings({ [key]: parsed.data });
      setError(null);
      return null;
    } catch (failure) {
      setDraft(null);
      return fail(toMessage(failure));
    } finally {
      setSaves((count) => count - 1);
    }
  }

  function fail(words: string): string {
    setError(words);
    return words;
  }

  return {
    value,
    chosen: draft === null ? value : draft.value,
    isFixed,
    error,
    save: async (next) => (await saveOrSay(next)) === null,
    saveOrSay,
  };
}

export function isFixedSource(source: string | undefined): source is "flag" | "variable" {
  return source === "flag" || source === "variable";
}

/** The name of the flag or variable that decides a setting. */
export function nameOfSource(setting: keyof Settings, source: "flag" | "variable"): string {
  return SETTING_FLAGS[setting]?.[source] ?? (source === "flag" ? "a flag" : "an environment variable");
}
