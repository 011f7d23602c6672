import { ExternalLink } from "lucide-react";
import type { SubjectLookup } from "#shared/domain/subject.ts";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import type { SubjectAnswer } from "../../state/timeline-state.ts";
import { formatTime } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { lookupWords } from "./subject-words.ts";

/** What api.video said of a subject, once it was asked. */
export function SubjectStatus({ answer, onAsk }: { answer: SubjectAnswer; onAsk: () => void }) {
  const app = useApp();
  switch (answer.kind) {
    case "none":
      return null;
    case "loading":
      return (
        <p role="status" className="appear-late text-small text-t3">
          Asking api.video
        </p>
      );
    case "failed": {
      const needsKey = answer.code === "api.key_missing" || answer.code === "api.unauthorized";
      return (
        <Notice
          tone="warn"
          action={
            needsKey ? (
              <Button onClick={() => setView(app.store, { area: "settings" })}>Open settings</Button>
            ) : (
              <Button needsEngine onClick={onAsk}>
                Try again
              </Button>
            )
          }
        >
          <b>It could not be looked up.</b> {answer.message}
        </Notice>
      );
    }
    case "ready":
      return <Said lookup={answer.value} />;
  }
}

function Said({ lookup }: { lookup: SubjectLookup }) {
  const { playerUrl, dashboardUrl, qualities, askedAt } = lookup;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small">
      <p className="text-t2">
        <SafeText text={lookupWords(lookup)} />{" "}
        <span className="text-t3">(asked at {formatTime(askedAt).split(".", 1)[0]})</span>
      </p>
      {qualities.length > 0 && (
        <ul aria-label="Renditions at api.video" className="flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-t3">
          {qualities.map(({ type, quality, status }) => (
            <li key={`${type} ${quality}`}>
              <SafeText text={`${type} ${quality}`} /> <span className="text-t2">{<SafeText text={status} />}</span>
            </li>
          ))}
        </ul>
      )}
      <Link label="Open the player" url={playerUrl} />
      <Link label="Open the dashboard" url={dashboardUrl} />
    </div>
  );
}

function Link({ label, url }: { label: string; url: string | null }) {
  const app = useApp();
  if (url === null || !app.shell.capabilities.openLink) return null;
  return (
    <button
      type="button"
      title={url}
      onClick={() => app.attempt(() => app.shell.openLink(url))}
      className="inline-flex min-h-6 items-center gap-1 text-accent hover:underline"
    >
      {label}
      <ExternalLink aria-hidden="true" size={12} />
    </button>
  );
}
