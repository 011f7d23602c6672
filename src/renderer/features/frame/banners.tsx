import { Suspense } from "react";
import { useApp, useAppState } from "../../app-context.ts";
import { lazyPart } from "../../lazy-part.tsx";
import { isEngineGone } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useBusy } from "../common/use-busy.ts";
import { TunnelBanner } from "./tunnel-banner.tsx";

const FaultBanner = lazyPart(async () => (await import("../faults/fault-banner.tsx")).FaultBanner);
const ScenarioBanner = lazyPart(async () => (await import("../scenario/scenario-banner.tsx")).ScenarioBanner);
const HoldBanner = lazyPart(async () => (await import("../hold/hold-banner.tsx")).HoldBanner);

/** That deliveries are held, where they are. */
export function Holding() {
  const hold = useAppState(({ mirror }) => mirror?.hold);
  if (hold === undefined || (hold.rule === null && hold.held.length === 0)) return null;
  return (
    <Suspense fallback={null}>
      <HoldBanner hold={hold} />
    </Suspense>
  );
}

/** That something goes wrong on purpose, where it does. */
export function Faults() {
  const live = useAppState(({ mirror }) => mirror?.faults ?? null);
  return live === null ? null : (
    <Suspense fallback={null}>
      <FaultBanner live={live} />
    </Suspense>
  );
}

/** That this window plays a scenario, while it does. */
export function Playing() {
  const playing = useAppState((state) => state.playing);
  return playing === null ? null : (
    <Suspense fallback={null}>
      <ScenarioBanner playing={playing} />
    </Suspense>
  );
}

/** Whatever keeps webhooks from coming: what happened, what it means, and the one thing to do. */
export function Banners() {
  const problems = useAppState(({ mirror }) => mirror?.problems);
  const isAway = useAppState(isEngineGone);
  // What was wrong when the engine was last heard of says nothing of now, and nothing of it can be helped from here.
  if (isAway) {
    return (
      <section aria-label="Problems" className="grid flex-none">
        <ConnectionBanner />
      </section>
    );
  }
  return (
    <section aria-label="Problems" className="grid flex-none empty:hidden">
      <LoadBanner />
      <TunnelBanner />
      <RegistrationBanner />
      {problems?.map(({ id, title, message }) => (
        <Notice
          key={id}
          tone={id === "storage" || id === "store" ? "bad" : "warn"}
          isBanner
          action={id === "storage" && <OpenSettings />}
        >
          <b>{title}</b> {message}
        </Notice>
      ))}
    </section>
  );
}

/** Where fewer deliveries can be kept, or all of them cleared. */
function OpenSettings() {
  const app = useApp();
  const isThere = useAppState(({ view }) => view.area === "settings");
  return isThere ? null : <Button onClick={() => setView(app.store, { area: "settings" })}>Open settings</Button>;
}

function ConnectionBanner() {
  const kind = useAppState(({ connection }) => connection.kind);
  if (kind === "disconnected") {
    return (
      <Notice tone="bad" isBanner>
        <b>The inspector does not answer.</b> What you see is what was last known. This page connects again by itself as
        soon as the inspector runs.
      </Notice>
    );
  }
  if (kind === "refused") {
    return (
      <Notice tone="bad" isBanner>
        <b>The inspector was started anew.</b> This page's key no longer fits. Open the address that the inspector
        printed when it started.
      </Notice>
    );
  }
  return null;
}

function LoadBanner() {
  const app = useApp();
  const message = useAppState(({ loadError, connection }) => (connection.kind === "connected" ? loadError : null));
  if (message === null) return null;
  const retry = <Button onClick={() => app.attempt(app.reload)}>Try again</Button>;
  return (
    <Notice tone="bad" isBanner action={retry}>
      <b>The deliveries could not be loaded.</b> {message}
    </Notice>
  );
}

function RegistrationBanner() {
  const registration = useAppState(({ mirror }) => mirror?.registration);
  if (registration?.fault === undefined) return null;
  const { phase, url, fault } = registration;
  return (
    <Notice tone={phase === "failed" ? "bad" : "warn"} isBanner action={<RegistrationAction code={fault.code} />}>
      <b>{registrationTitle(phase === "failed", url !== undefined)}</b> {fault.message}
    </Notice>
  );
}

function registrationTitle(isFailed: boolean, isWished: boolean): string {
  if (!isFailed) return "The webhook stands, but cannot be looked after.";
  return isWished ? "No webhook is registered." : "A webhook may be left over at api.video.";
}

/** The one thing to do: a key, room in the account, or another try. */
function RegistrationAction({ code }: { code: string }) {
  const app = useApp();
  const { isBusy, run } = useBusy();
  switch (code) {
    case "api.key_missing":
    case "api.unauthorized":
      return <Button onClick={() => setView(app.store, { area: "settings" })}>Enter a key</Button>;
    case "registration.limit":
      return <Button onClick={() => setView(app.store, { area: "webhooks" })}>Make room</Button>;
    default:
      return (
        <Button needsEngine disabled={isBusy} onClick={() => run(() => app.client.call("registration.retry", {}))}>
          Try again
        </Button>
      );
  }
}
