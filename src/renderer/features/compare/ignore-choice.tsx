import { X } from "lucide-react";
import { useApp, useAppState } from "../../app-context.ts";
import type { IgnoreRules } from "../../state/app-state.ts";
import { setView } from "../../state/store.ts";
import { SafeText } from "../../ui/safe-text.tsx";

/** What differs in every delivery and is no news: ids, times, and paths that the reader named in the lists. */
export function IgnoreChoice() {
  const app = useApp();
  const rules = useAppState(({ view }) => view.ignoreRules);
  const change = (some: Partial<IgnoreRules>): void => setView(app.store, { ignoreRules: { ...rules, ...some } });
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1.5">
      <legend className="sr-only">Ignore</legend>
      <label className="flex min-h-6 items-center gap-1.5">
        <input type="checkbox" checked={rules.ids} onChange={() => change({ ids: !rules.ids })} />
        Ignore ids
      </label>
      <label className="flex min-h-6 items-center gap-1.5">
        <input type="checkbox" checked={rules.times} onChange={() => change({ times: !rules.times })} />
        Ignore times
      </label>
      {rules.paths.map((path) => (
        <button
          key={path}
          type="button"
          aria-label={`Do not ignore ${path} any more`}
          onClick={() => change({ paths: rules.paths.filter((other) => other !== path) })}
          className="flex min-h-6 max-w-full items-center gap-1 rounded-md bg-accent-s px-1.5 font-mono text-code text-accent"
        >
          <span className="truncate">
            <SafeText text={path} />
          </span>
          <X aria-hidden="true" size={12} className="flex-none" />
        </button>
      ))}
    </fieldset>
  );
}

/** Adds a path to what is ignored. */
export function ignorePath(rules: IgnoreRules, path: string): IgnoreRules {
  return rules.paths.includes(path) ? rules : { ...rules, paths: [...rules.paths, path] };
}
