import { ActivityRange } from "#shared/domain/activity.ts";
import { Stack } from "#shared/domain/stack.ts";
import { RANGE_WORDS } from "../../activity/range-words.ts";
import { STACKS } from "../../signature/stacks.ts";
import type { ControlProps } from "../setting-entry.ts";
import { SelectControl } from "./select-control.tsx";

const APIS = [
  ["simulator", "Simulator, on this machine"],
  ["sandbox", "Sandbox"],
  ["production", "Production"],
] as const;

/** Which api.video the webhook is registered with. */
export function ApiControl(props: ControlProps) {
  return <SelectControl {...props} name="api" options={APIS} />;
}

const AUTHS = [
  ["basic", "Basic"],
  ["bearer", "Bearer"],
] as const;

/** api.video itself takes the key as Basic; a server written from a tutorial may want it otherwise. */
export function ApiAuthControl(props: ControlProps) {
  return <SelectControl {...props} name="apiAuth" options={AUTHS} />;
}

const THEMES = [
  ["system", "As the system has it"],
  ["dark", "Dark"],
  ["light", "Light"],
] as const;

export function ThemeControl(props: ControlProps) {
  return <SelectControl {...props} name="theme" options={THEMES} />;
}

const DENSITIES = [
  ["comfortable", "Comfortable"],
  ["compact", "Compact"],
] as const;

export function DensityControl(props: ControlProps) {
  return <SelectControl {...props} name="density" options={DENSITIES} />;
}

const RANGES = ActivityRange.options.map((range) => [range, RANGE_WORDS[range]] as const);

export function ActivityRangeControl(props: ControlProps) {
  return <SelectControl {...props} name="activityRange" options={RANGES} />;
}

const STACK_NAMES = Stack.options.map((name) => [name, STACKS[name].name] as const);

export function StackControl(props: ControlProps) {
  return <SelectControl {...props} name="stack" options={STACK_NAMES} />;
}
