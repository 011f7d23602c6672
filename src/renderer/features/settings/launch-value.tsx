import type { LaunchOption, LaunchOptionId } from "#shared/domain/launch-option.ts";
import { useAppState } from "../../app-context.ts";
import { CopyButton } from "../common/copy-button.tsx";
import { Marked } from "./marked.tsx";
import { SourceBadge } from "./source-badge.tsx";

const NONE: readonly LaunchOption[] = [];

function useLaunchOption(id: LaunchOptionId): LaunchOption | undefined {
  return useAppState(({ mirror }) => mirror?.launch ?? NONE).find((candidate) => candidate.id === id);
}

/** What decided it. */
export function LaunchSourceBadge({ id }: { id: LaunchOptionId }) {
  const option = useLaunchOption(id);
  if (option === undefined) return null;
  const { source, flag, variable } = option;
  const name = source === "flag" ? flag : source === "variable" ? variable : null;
  return <SourceBadge source={source} {...(name !== null && { name })} />;
}

/** What was decided at the start: its value, and how to decide otherwise. */
export function LaunchValue({ id }: { id: LaunchOptionId }) {
  const option = useLaunchOption(id);
  if (option === undefined) return null;
  const { value, source, flag, variable } = option;
  // Its flags are switches: what one has decided is changed by leaving it out.
  const isSwitchedOff = (id === "openBrowser" || id === "skipVerify") && source === "flag";
  const ways = [flag, variable].filter((way) => way !== null);
  return (
    <div className="grid gap-1">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <code className="min-w-0 text-t1 wrap-anywhere">
          <Marked>{value}</Marked>
        </code>
        {value.includes("/") && <CopyButton text={value} label="Copy" />}
      </div>
      <p className="text-small text-t3 wrap-anywhere">
        To change it, start the app {isSwitchedOff ? "without" : "with"}{" "}
        {ways.map((way, index) => (
          <span key={way}>
            {index > 0 && " or "}
            <code>
              <Marked>{way}</Marked>
            </code>
          </span>
        ))}
        .
      </p>
    </div>
  );
}
