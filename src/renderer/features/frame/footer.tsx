import { keyWords } from "../../actions/key-words.ts";
import { shownKeys } from "../../actions/keys-in-force.ts";
import { ACTIONS, findAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatBytes, formatCount, formatPlural } from "../../theme/format.ts";
import { isApple } from "../../ui/platform.ts";

const HINTS = ACTIONS.flatMap(({ id, when, hint }) =>
  hint === undefined ? [] : [{ id, when, written: hint[0], word: hint[1] }],
);

/** The keys that matter here, and how much is kept. */
export function Footer() {
  const app = useApp();
  // The hints depend on selection and area; both change seldom enough to draw them anew.
  useAppState(({ view }) => view.selectedId !== null);
  useAppState(({ view }) => view.area);
  const counts = useAppState(({ mirror }) => mirror?.counts);
  const limit = useAppState(({ mirror }) => mirror?.settings.values.maxDeliveries);
  const state = app.store.getState();
  const hints = HINTS.filter(({ when }) => when?.(state) ?? true);
  return (
    <footer className="flex min-h-6.5 flex-none flex-wrap items-center gap-x-4 border-t border-line bg-s1 px-3 text-small whitespace-nowrap text-t3 max-sm:hidden">
      {hints.map(({ id, written, word }) => (
        <Hint key={id} id={id} written={written} word={word} />
      ))}
      <span className="ml-auto flex gap-4 tabular-nums">
        <Elsewhere />
        {counts !== undefined && limit !== undefined && (
          <span title={`At most ${formatPlural(limit, "delivery", "deliveries")} are kept`}>
            {formatCount(counts.total)} of {formatCount(limit)} kept · {formatBytes(counts.bytes)}
          </span>
        )}
      </span>
    </footer>
  );
}

/** That the window shows an inspector that it did not start, where it is so. */
function Elsewhere() {
  const pid = useAppState(({ connection }) => (connection.kind === "connected" ? connection.pid : undefined));
  return pid === undefined ? null : (
    <span title="It was started before this window, and goes on when the window is closed">
      The inspector runs elsewhere, as process {pid}
    </span>
  );
}

/** What is written of the keys counts while they are the action's own; changed ones are shown as they are. */
function Hint({ id, written, word }: { id: string; written: string; word: string }) {
  const keys = useAppState((state) => shownKeys(state, id));
  if (keys === undefined) return null;
  const isOwn = findAction(id)?.keys[0] === keys;
  return (
    <span className="flex gap-1">
      <b className="font-mono">{isOwn ? written : keyWords(keys, isApple())}</b>
      {word}
    </span>
  );
}
