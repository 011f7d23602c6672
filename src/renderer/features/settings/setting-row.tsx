import { type MouseEvent, useId } from "react";
import { DEFAULT_SETTINGS, SETTING_FLAGS, type Settings } from "#shared/domain/settings.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { NeedsEngine } from "../../ui/engine-gone.tsx";
import { focusControl, settingAnchor } from "./go-to-setting.ts";
import { LaunchSourceBadge, LaunchValue } from "./launch-value.tsx";
import { Marked } from "./marked.tsx";
import type { SettingEntry } from "./setting-entry.ts";
import { SourceBadge } from "./source-badge.tsx";
import { isFixedSource, nameOfSource } from "./use-setting.ts";

/** All that there is to say of one setting, and the control that changes it. */
export function SettingRow({ entry }: { entry: SettingEntry }) {
  const id = useId();
  const describedBy = `${id}-meaning ${id}-facts`;
  const { setting, launch, Control, form } = entry;
  return (
    <div
      id={settingAnchor(entry.id)}
      {...(form === "group" && { role: "group", "aria-labelledby": `${id}-title` })}
      className="grid min-w-0 gap-1.5 px-3.5 py-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Title id={id} entry={entry} />
        {setting !== undefined && <SettingSourceBadge name={setting} />}
        {launch !== undefined && <LaunchSourceBadge id={launch} />}
      </div>
      <p id={`${id}-meaning`} className="text-t3">
        <Marked>{entry.meaning}</Marked>
      </p>
      {Control !== undefined && (
        <NeedsEngine>
          <Control id={id} describedBy={describedBy} />
        </NeedsEngine>
      )}
      {launch !== undefined && <LaunchValue id={launch} />}
      <div id={`${id}-facts`} className="grid min-w-0 gap-1 text-small text-t3">
        {setting !== undefined && <FixedNote name={setting} />}
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <Facts entry={entry} />
          {setting !== undefined && <BackToDefault name={setting} title={entry.title} />}
        </div>
        {setting !== undefined && <OtherWays name={setting} />}
      </div>
    </div>
  );
}

function Title({ id, entry }: { id: string; entry: SettingEntry }) {
  const title = <Marked>{entry.title}</Marked>;
  if (entry.form === "field" && entry.Control !== undefined) {
    return (
      <label htmlFor={id} className="font-semibold text-t1">
        {title}
      </label>
    );
  }
  return (
    <h3 id={`${id}-title`} className="font-semibold text-t1">
      {title}
    </h3>
  );
}

function SettingSourceBadge({ name }: { name: keyof Settings }) {
  const source = useAppState(({ mirror }) => mirror?.settings.sources[name]);
  return source === undefined ? null : <SourceBadge source={source} />;
}

/** Why the control is off. */
function FixedNote({ name }: { name: keyof Settings }) {
  const source = useAppState(({ mirror }) => mirror?.settings.sources[name]);
  if (!isFixedSource(source)) return null;
  return (
    <p className="font-semibold text-t1">
      Set by {nameOfSource(name, source)} when the app was started; start without it to change it here.
    </p>
  );
}

/** The default, and when a change counts. */
function Facts({ entry: { standard, effect } }: { entry: SettingEntry }) {
  return (
    <>
      {standard !== undefined && (
        <span>
          Default: <Marked>{standard}</Marked>
        </span>
      )}
      {standard !== undefined && effect !== undefined && <span aria-hidden="true">·</span>}
      {effect !== undefined && (
        <span>
          Counts <Marked>{lowerFirst(effect)}</Marked>
        </span>
      )}
    </>
  );
}

/** How else it can be set. */
function OtherWays({ name }: { name: keyof Settings }) {
  const ways = SETTING_FLAGS[name];
  if (ways === undefined) return null;
  return (
    <p className="wrap-anywhere">
      At the start by{" "}
      <code>
        <Marked>{ways.flag}</Marked>
      </code>
      {ways.variable !== undefined && (
        <>
          {" "}
          or{" "}
          <code>
            <Marked>{ways.variable}</Marked>
          </code>
        </>
      )}
      , which go before it.
    </p>
  );
}

/** Forgets what was saved; what it was can be brought back for a moment. */
function BackToDefault({ name, title }: { name: keyof Settings; title: string }) {
  const app = useApp();
  const source = useAppState(({ mirror }) => mirror?.settings.sources[name]);
  const value = useAppState(({ mirror }) => mirror?.settings.values[name]);
  if (source !== "saved") return null;
  const isSame = JSON.stringify(value) === JSON.stringify(DEFAULT_SETTINGS[name]);
  const reset = ({ currentTarget }: MouseEvent<HTMLElement>): void => {
    // The button goes with what was saved.
    const row = currentTarget.closest<HTMLElement>(`[id^="${settingAnchor("")}"]`);
    if (row !== null) focusControl(row);
    app.attempt(async () => {
      await app.client.call("settings.reset", { names: [name] });
      const undo = (): void => app.attempt(() => app.saveSettings({ [name]: value }));
      if (!isSame)
        app.toast(`${title} is back to its default.`, { action: { label: "Undo", needsEngine: true, run: undo } });
    });
  };
  return (
    <Button needsEngine className="h-6 px-2 text-small" onClick={reset}>
      Back to default<span className="sr-only"> for {title}</span>
    </Button>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
