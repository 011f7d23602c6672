import clsx from "clsx";
import { type LucideIcon, SquareTerminal, Zap } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { type ChainLink, type LinkId, toChain } from "#shared/domain/chain.ts";
import { needsEngine, runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { Area } from "../../state/hash.ts";
import { isEngineGone } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { ActionKey, useActionKey } from "../common/action-key.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { StateDot } from "../connection/state-dot.tsx";
import { ProfileButton } from "../settings/profiles/profile-button.tsx";

/** What a webhook goes through, in the order in which one sets it up, each link with how it is right now. */
export function StatusStrip() {
  const mirror = useAppState((state) => state.mirror);
  const isGone = useAppState(isEngineGone);
  if (mirror === null) return <div className="h-11 border-b border-line bg-s1" />;
  return (
    <section
      data-region="strip"
      tabIndex={-1}
      aria-label="Status"
      className="flex min-h-11 flex-wrap items-center gap-x-1.5 border-b border-line bg-s1 px-3 py-1"
    >
      <Mark />
      {toChain(mirror)
        .filter(({ id }) => id !== "public-url")
        .map((link, index) => (
          <Fragment key={link.id}>
            {/* No arrow: they stand in the order in which one sets them up, and a webhook travels otherwise. */}
            {index > 0 && <span aria-hidden="true" className="h-px w-3 flex-none bg-edge max-lg:hidden" />}
            {/* What was last known of it may not be so any more. */}
            <Link link={isGone ? { ...link, state: "off", message: "The inspector does not answer." } : link}>
              {link.id === "listener" && <CopyButton text={mirror.listener.url} label="Copy listener URL" />}
              {link.id === "tunnel" && mirror.tunnel.url !== null && (
                <CopyButton text={mirror.tunnel.url} label="Copy public URL" />
              )}
            </Link>
          </Fragment>
        ))}
      <span className="ml-auto flex min-w-0 gap-2 max-sm:gap-1">
        <ProfileButton />
        <ActionButton id="event.trigger" label="Trigger event" icon={Zap} />
        <ActionButton id="palette.open" label="Commands" icon={SquareTerminal} />
      </span>
    </section>
  );
}

/** In a narrow window its icon alone. */
function ActionButton({ id, label, icon: Icon }: { id: string; label: string; icon: LucideIcon }) {
  const app = useApp();
  const { aria } = useActionKey(id);
  return (
    <Button
      needsEngine={needsEngine(id)}
      aria-keyshortcuts={aria}
      onClick={() => runAction(app, id)}
      className="max-sm:px-2"
    >
      <Icon aria-hidden="true" size={14} className="sm:hidden" />
      <span className="max-sm:sr-only">{label}</span>
      <ActionKey id={id} className="max-md:hidden" />
    </Button>
  );
}

/** Where one changes what a link says. */
const AREA_OF: Readonly<Record<LinkId, Area>> = {
  listener: "connection",
  tunnel: "connection",
  "public-url": "connection",
  webhook: "webhooks",
  target: "settings",
};

function Link({ link, children }: { link: ChainLink; children?: ReactNode }) {
  const app = useApp();
  const isCode = link.state === "ok" && link.id !== "webhook";
  return (
    <div className="flex min-w-0 items-center rounded-md hover:bg-s2">
      <button
        type="button"
        title={link.message}
        onClick={() => setView(app.store, { area: AREA_OF[link.id] })}
        className="flex h-7 min-w-0 items-center gap-2 rounded-md px-2 max-sm:px-1.5"
      >
        <StateDot state={link.state} />
        <span className="flex min-w-0 items-baseline gap-1.5 whitespace-nowrap">
          <b>{link.title}</b>
          <span className={clsx("truncate max-md:sr-only", isCode ? "font-mono text-code" : "text-t2")}>
            {link.value}
          </span>
        </span>
      </button>
      {children !== undefined && <span className="flex max-md:hidden">{children}</span>}
    </div>
  );
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
