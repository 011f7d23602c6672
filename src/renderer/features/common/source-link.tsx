import { ExternalLink } from "lucide-react";
import { SOURCES, type SourceId } from "#shared/api-video/sources.ts";
import { useApp } from "../../app-context.ts";

/** Where it is known from; a page of api.video opens outside the app. */
export function SourceLink({ source, isShort = false }: { source: SourceId; isShort?: boolean }) {
  const app = useApp();
  const { name, url } = SOURCES[source];
  if (url === null || !app.shell.capabilities.openLink) {
    return <span className="text-small text-t3">{isShort ? `(${name})` : name}</span>;
  }
  return (
    <a
      href={url}
      rel="noreferrer"
      target="_blank"
      title={url}
      onClick={(event) => {
        event.preventDefault();
        app.attempt(() => app.shell.openLink(url));
      }}
      className="inline-flex min-h-6 items-center gap-1 text-small text-accent underline-offset-2 hover:underline"
    >
      {name}
      <ExternalLink aria-hidden="true" size={11} />
      <span className="sr-only">(opens in the browser)</span>
    </a>
  );
}
