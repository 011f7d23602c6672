import clsx from "clsx";
import { type LucideIcon, SquareTerminal, Zap } from "lucide-react";
import { Fragment } from "react";
import { type ChainLink, type LinkId, toChain } from "#shared/domain/chain.ts";
import { needsEngine, runAction } from "../../actions/registry.ts";
import { type App, useApp, useAppState } from "../../app-context.ts";
import type { Area } from "../../state/hash.ts";
import { addressToUse, isEngineGone } from "../../state/selectors.ts";
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
  const address = useAppState(addressToUse);
  if (mirror === null) return <div className="h-11 border-b border-line bg-s1" />;
  const urls: LinkUrls = {
    listener: { url: mirror.listener.url, copyLabel: "Copy listener URL" },
    ...(mirror.tunnel.url !== null && { tunnel: { url: mirror.tunnel.url, copyLabel: "Copy public URL" } }),
  };
  return (
    <section
      data-region="strip"
      tabIndex={-1}
      aria-label="Status"
      className="flex min-h-11 items-center gap-x-1.5 max-sm:flex-wrap border-b border-line bg-s1 px-3 py-1"
    >
      <Mark />
      {toChain(mirror)
        .filter(({ id }) => id !== "public-url")
        .map((link, index) => (
          <Fragment key={link.id}>
            {/* No arrow: they stand in the order in which one sets them up, and a webhook travels otherwise. */}
            {index > 0 && <span aria-hidden="true" className="h-px w-3 flex-none bg-edge max-xl:hidden" />}
            {/* What was last known of it may not be so any more. */}
            <Link
              link={isGone ? { ...link, state: "off", message: "The inspector does not answer." } : link}
              url={urls[link.id]}
              isAddress={urls[link.id]?.url === address}
            />
          </Fragment>
        ))}
      <span className="ml-auto flex flex-none gap-2 max-sm:gap-1">
        <ProfileButton />
        <ActionButton id="event.trigger" label="Trigger event" icon={Zap} />
        <ActionButton id="palette.open" label="Commands" icon={SquareTerminal} />
      </span>
    </section>
  );
}

type LinkUrls = Partial<Record<LinkId, { readonly url: string; readonly copyLabel: string }>>;

/** Its key where there is room for it, and in a narrow window its icon alone. */
function ActionButton({ id, label, icon: Icon }: { id: string; label: string; icon: LucideIcon }) {
  const app = useApp();
  const { aria } = useActionKey(id);
  return (
    <Button
      needsEngine={needsEngine(id)}
      aria-keyshortcuts={aria}
      onClick={() => runAction(app, id)}
      className="max-lg:px-2"
    >
      <Icon aria-hidden="true" size={14} className="lg:hidden" />
      <span className="max-lg:sr-only">{label}</span>
      <ActionKey id={id} className="max-xl:hidden" />
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

/** One target is a setting; where routes choose among several, there is an area for it. */
function areaOf({ store }: App, id: LinkId): Area {
  const { forwarding } = store.getState().mirror ?? {};
  return id === "target" && forwarding?.routes !== undefined ? "forwarding" : AREA_OF[id];
}

/**
 * `isAddress`: the one that goes to api.video. Where there is no room for all that links say, its URL is the last to go:
 * in the narrowest window a click on the link leads to it.
 */
function Link(props: { link: ChainLink; url: LinkUrls[LinkId]; isAddress: boolean }) {
  const { link, url, isAddress } = props;
  const app = useApp();
  const room = roomFor(props);
  const isCode = link.state === "ok" && link.id !== "webhook";
  return (
    <div className={clsx("flex min-w-0 items-center rounded-md hover:bg-s2", room.link)}>
      <button
        type="button"
        title={link.message}
        onClick={() => setView(app.store, { area: areaOf(app, link.id) })}
        className="flex h-7 min-w-0 items-center gap-2 rounded-md px-2 max-sm:px-1.5"
      >
        <StateDot state={link.state} />
        <span className="flex min-w-0 items-baseline gap-1.5 whitespace-nowrap">
          <b className="flex-none">{link.title}</b>
          <span className={clsx("flex min-w-0", room.value, isCode ? "font-mono text-code" : "text-t2")}>
            {/* Words without their middle can say the contrary. */}
            {link.id === "webhook" ? <span className="truncate">{link.value}</span> : <MiddleCut text={link.value} />}
          </span>
        </span>
      </button>
      {url !== undefined && (
        <span className={clsx("flex", isAddress ? "max-sm:hidden" : "max-2xl:hidden")}>
          <CopyButton text={url.url} label={url.copyLabel} />
        </span>
      )}
    </div>
  );
}

/** From which width on what a link says is seen. Beside a tunnel, nobody sends to the listener's own URL. */
function roomFor({ link, url, isAddress }: Parameters<typeof Link>[0]): (typeof ROOM)[keyof typeof ROOM] {
  if (isAddress) return ROOM.address;
  if (link.id === "tunnel") return ROOM.state;
  return url === undefined ? ROOM.place : ROOM.spare;
}

/** A link gives way once there is something in it that can be cut: beside others, the address and a word of state never. */
const ROOM = {
  address: { link: "shrink-0 sm:shrink lg:shrink-0", value: "max-sm:sr-only lg:max-w-56 2xl:max-w-md" },
  state: { link: "shrink-0", value: "max-md:sr-only" },
  place: { link: "shrink-0 lg:shrink", value: "max-lg:sr-only" },
  spare: { link: "shrink-0 2xl:shrink", value: "max-2xl:sr-only" },
} as const;

const KEPT_END_CHARS = 10;

/** Where there is no room, a text loses its middle: how a host begins and where it belongs tell it from others. */
function MiddleCut({ text }: { text: string }) {
  if (text.length <= 2 * KEPT_END_CHARS) return <span className="truncate">{text}</span>;
  return (
    <>
      <span className="sr-only">{text}</span>
      <span aria-hidden="true" className="truncate">
        {text.slice(0, -KEPT_END_CHARS)}
      </span>
      <span aria-hidden="true" className="flex-none">
        {text.slice(-KEPT_END_CHARS)}
      </span>
    </>
  );
}

function Mark() {
  return (
    <span
      aria-hidden="true"
      className="mr-1.5 grid size-[22px] flex-none place-items-center rounded-md bg-accent max-md:hidden"
    >
      <span className="size-2.5 rounded-full border-[2.5px] border-on-accent" />
    </span>
  );
}
