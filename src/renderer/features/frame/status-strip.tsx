import clsx from "clsx";
import { ArrowRight, Zap } from "lucide-react";
import type { ReactNode } from "react";
import { useApp, useAppState } from "../../app-context.ts";
import type { Area } from "../../state/hash.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { forwardingLink, listenerLink, registrationLink, type StripLink, tunnelLink } from "./strip-links.ts";

/** The chain a webhook goes through, link by link, each with how it is right now. */
export function StatusStrip() {
  const app = useApp();
  const mirror = useAppState((state) => state.mirror);
  if (mirror === null) return <div className="h-11 border-b border-line bg-s1" />;
  return (
    <section
      data-region="strip"
      tabIndex={-1}
      aria-label="Status"
      className="flex min-h-11 flex-wrap items-center gap-x-1.5 border-b border-line bg-s1 px-3 py-1"
    >
      <Mark />
      <Link link={listenerLink(mirror)} area="settings">
        <CopyButton text={mirror.listener.url} label="Copy listener URL" />
      </Link>
      <Arrow />
      <Link link={tunnelLink(mirror)} area="settings">
        {mirror.tunnel.url !== null && <CopyButton text={mirror.tunnel.url} label="Copy public URL" />}
      </Link>
      <Arrow />
      <Link link={registrationLink(mirror)} area="webhooks" />
      <Arrow />
      <Link link={forwardingLink(mirror)} area="settings" />
      <Button
        className="ml-auto"
        aria-keyshortcuts="t"
        onClick={() => setView(app.store, { dialog: { kind: "trigger" } })}
      >
        <Zap aria-hidden="true" size={14} className="sm:hidden" />
        <span className="max-sm:sr-only">Trigger event</span>
        <Kbd className="max-sm:hidden">t</Kbd>
      </Button>
    </section>
  );
}

function Link({ link, area, children }: { link: StripLink; area: Area; children?: ReactNode }) {
  const app = useApp();
  return (
    <div className="flex min-w-0 items-center rounded-md hover:bg-s2">
      <button
        type="button"
        title={link.title}
        onClick={() => setView(app.store, { area })}
        className="flex h-7 min-w-0 items-center gap-2 rounded-md px-2 max-sm:px-1.5"
      >
        <Dot tone={link.tone} />
        <span className="flex min-w-0 items-baseline gap-1.5 whitespace-nowrap">
          <b>{link.label}</b>
          <span className={clsx("truncate max-md:sr-only", link.isCode ? "font-mono text-code" : "text-t2")}>
            {link.value}
          </span>
        </span>
      </button>
      {children !== undefined && <span className="flex max-md:hidden">{children}</span>}
    </div>
  );
}

/** Round where all is well, square where something is missing, a diamond where it is broken: the word is beside it. */
function Dot({ tone }: { tone: StripLink["tone"] }) {
  return (
    <span
      aria-hidden="true"
      className={clsx("size-2 flex-none ring-3 forced-colors:bg-[CanvasText]", {
        "rounded-full bg-ok ring-ok-s": tone === "ok",
        "rounded-[2px] bg-warn ring-warn-s": tone === "warn",
        "rotate-45 bg-bad ring-bad-s": tone === "bad",
        "rounded-full border-[1.5px] border-t3 ring-transparent": tone === "muted",
      })}
    />
  );
}

function Arrow() {
  return <ArrowRight aria-hidden="true" size={13} className="flex-none text-t3 max-lg:hidden" />;
}

function Mark() {
  return (
    <span
      aria-hidden="true"
      className="mr-1.5 grid size-[22px] flex-none place-items-center rounded-md bg-accent max-sm:hidden"
    >
      <span className="size-2.5 rounded-full border-[2.5px] border-on-accent" />
    </span>
  );
}
