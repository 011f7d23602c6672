import type { ReactNode } from "react";
import type { Settings } from "#shared/domain/settings.ts";
import { useAppState } from "../../app-context.ts";
import { isFixedSource, nameOfSource } from "./use-setting.ts";

/** What a setting does; where a flag or variable decides, that it does and which. */
export function SettingHint({ name, children }: { name: keyof Settings; children: ReactNode }) {
  const source = useAppState(({ mirror }) => mirror?.settings.sources[name]);
  if (!isFixedSource(source)) return children;
  return (
    <>
      {children}{" "}
      <span className="font-semibold text-t1">
        Set by {nameOfSource(name, source)}; start without it to change it here.
      </span>
    </>
  );
}
