import { type ReactNode, useState } from "react";
import { type Settings, Settings as SettingsSchema } from "#shared/domain/settings.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";

/** One setting as a control sees it. */
export interface SettingHandle<K extends keyof Settings> {
  readonly value: Settings[K];
  /** True where a flag or variable decides: it cannot be changed here. */
  readonly isFixed: boolean;
  readonly error: string | null;
  /** Checks and saves; the words for what is wrong end up in `error`. True when it was saved. */
  save(value: unknown): Promise<boolean>;
}

/** The setting `key`, with its error and how to save it; null before the first load. */
export function useSetting<K extends keyof Settings>(key: K): SettingHandle<K> | null {
  const app = useApp();
  const value = useAppState(({ mirror }) => mirror?.settings.values[key]);
  const source = useAppState(({ mirror }) => mirror?.settings.sources[key]);
  const [error, setError] = useState<string | null>(null);
  if (value === undefined) return null;
  return {
    value,
    isFixed: source === "flag" || source === "variable",
    error,
    async save(next) {
      const parsed = SettingsSchema.shape[key].safeParse(next);
      if (!parsed.success) {
        setError(parsed.error.issues[0]?.message ?? "This cannot be used.");
        return false;
      }
      try {
        await app.client.call("settings.update", { [key]: parsed.data });
        setError(null);
        return true;
      } catch (failure) {
        setError(toMessage(failure));
        return false;
      }
    },
  };
}

const FLAGS: Readonly<Partial<Record<keyof Settings, { flag: string; variable: string }>>> = {
  tunnel: { flag: "--tunnel", variable: "APIVIDEO_INSPECTOR_TUNNEL" },
  tunnelHost: { flag: "--tunnel-host", variable: "APIVIDEO_INSPECTOR_TUNNEL_HOST" },
  api: { flag: "--api", variable: "APIVIDEO_INSPECTOR_API" },
  forwardTo: { flag: "--forward-to", variable: "APIVIDEO_INSPECTOR_FORWARD_TO" },
};

/** What a setting does; where a flag or variable decides, that it does and which. */
export function SettingHint({ name, children }: { name: keyof Settings; children: ReactNode }) {
  const source = useAppState(({ mirror }) => mirror?.settings.sources[name]);
  if (source !== "flag" && source !== "variable") return children;
  const known = FLAGS[name];
  const by = source === "flag" ? (known?.flag ?? "a flag") : (known?.variable ?? "an environment variable");
  return (
    <>
      {children} <span className="font-semibold text-t1">Set by {by}; start without it to change it here.</span>
    </>
  );
}
