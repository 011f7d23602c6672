import { type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { focusArea, focusDialog, keepFocus, keepFocusInArea } from "./actions/regions.ts";
import { useApp, useAppState } from "./app-context.ts";
import { EarlyPalette, noEarlyKeys } from "./features/commands/early-keys.tsx";
import { DeliveriesArea } from "./features/deliveries/deliveries-area.tsx";
import { Banners, Faults, Holding, Playing } from "./features/frame/banners.tsx";
import { Footer } from "./features/frame/footer.tsx";
import { LiveRegion } from "./features/frame/live-region.tsx";
import { NavRail } from "./features/frame/nav-rail.tsx";
import { SafePart } from "./features/frame/safe-part.tsx";
import { StatusStrip } from "./features/frame/status-strip.tsx";
import { useDroppedFiles } from "./features/import/use-dropped-files.ts";
import { fetchAhead, lazyPart } from "./lazy-part.tsx";
import type { Dialog } from "./state/app-state.ts";
import type { Area } from "./state/hash.ts";
import { isEngineGone } from "./state/selectors.ts";
import { setView } from "./state/store.ts";
import { EngineGone } from "./ui/engine-gone.tsx";

// What the first screen does not show is fetched when it is opened. Messages first: they may tell of what cannot be.
const Toasts = lazyPart(async () => (await import("./ui/toasts.tsx")).Toasts);
const TimelineArea = lazyPart(async () => (await import("./features/timeline/timeline-area.tsx")).TimelineArea);
const ReplaysArea = lazyPart(async () => (await import("./features/runs/replays-area.tsx")).ReplaysArea);
const ConnectionArea = lazyPart(async () => (await import("./features/connection/connection-area.tsx")).ConnectionArea);
const ForwardingArea = lazyPart(async () => (await import("./features/forwarding/forwarding-area.tsx")).ForwardingArea);
const WebhooksArea = lazyPart(async () => (await import("./features/webhooks/webhooks-area.tsx")).WebhooksArea);
const SettingsArea = lazyPart(async () => (await import("./features/settings/settings-area.tsx")).SettingsArea);
const TriggerDialog = lazyPart(async () => (await import("./features/trigger/trigger-dialog.tsx")).TriggerDialog);
const ScenarioDialog = lazyPart(async () => (await import("./features/scenario/scenario-dialog.tsx")).ScenarioDialog);
const ClearDialog = lazyPart(async () => (await import("./features/deliveries/clear-dialog.tsx")).ClearDialog);
const FixturesDialog = lazyPart(async () => (await import("./features/fixtures/fixtures-dialog.tsx")).FixturesDialog);
const ImportDialog = lazyPart(async () => (await import("./features/import/import-dialog.tsx")).ImportDialog);
const ShortcutSheet = lazyPart(async () => (await import("./features/frame/shortcut-sheet.tsx")).ShortcutSheet);
const CommandPalette = lazyPart(async () => (await import("./features/commands/command-palette.tsx")).CommandPalette);
const DeliveryMenu = lazyPart(async () => (await import("./features/commands/delivery-menu.tsx")).DeliveryMenu);
const WebhookSecretDialog = lazyPart(
  async () => (await import("./features/webhooks/webhook-secret-dialog.tsx")).WebhookSecretDialog,
);
const ProfileDialog = lazyPart(
  async () => (await import("./features/settings/profiles/profile-dialog.tsx")).ProfileDialog,
);
const DiagnosticsDialog = lazyPart(
  async () => (await import("./features/settings/diagnostics-dialog.tsx")).DiagnosticsDialog,
);
const EraseDialog = lazyPart(async () => (await import("./features/settings/erase/erase-dialog.tsx")).EraseDialog);
const MissedDialog = lazyPart(async () => (await import("./features/missed/missed-dialog.tsx")).MissedDialog);
const NewRunDialog = lazyPart(async () => (await import("./features/runs/new-run-dialog.tsx")).NewRunDialog);
const CompareDialog = lazyPart(async () => (await import("./features/compare/compare-dialog.tsx")).CompareDialog);
const HoldDialog = lazyPart(async () => (await import("./features/hold/hold-dialog.tsx")).HoldDialog);
// With an editor in it, and of no use without the engine: fetched when it is opened.
const EditDialog = lazyPart(async () => (await import("./features/edit/edit-dialog.tsx")).EditDialog, {
  isAhead: false,
});

/** The window: the chain on top, the areas at the left, one of them in the middle. */
export function AppWindow() {
  useFetchedAhead();
  useDroppedFiles();
  const isGone = useAppState(isEngineGone);
  return (
    <EngineGone reason={isGone ? "The inspector does not answer." : null}>
      <div className="flex h-full flex-col">
        <StatusStrip />
        <Banners />
        <Holding />
        <Faults />
        <Playing />
        <div className="flex min-h-0 flex-1 max-sm:flex-col">
          <NavRail />
          <SafePart>
            <Suspense fallback={<div className="flex-1" />}>
              <AreaContent />
            </Suspense>
          </SafePart>
        </div>
        <Footer />
        <SafePart>
          <Suspense fallback={null}>
            <Dialogs />
            <OpenMenu />
          </Suspense>
        </SafePart>
        <SafePart>
          <Suspense fallback={null}>
            <AppToasts />
          </Suspense>
        </SafePart>
        <LiveRegion />
      </div>
    </EngineGone>
  );
}

const AREAS: Readonly<Record<Area, () => ReactNode>> = {
  deliveries: () => <DeliveriesArea />,
  timeline: () => <TimelineArea />,
  replays: () => <ReplaysArea />,
  connection: () => <ConnectionArea />,
  forwarding: () => <ForwardingArea />,
  webhooks: () => <WebhooksArea />,
  settings: () => <SettingsArea />,
};

function AreaContent() {
  const area = useAppState(({ view }) => view.area);
  const shown = useRef(area);
  useEffect(() => {
    if (shown.current !== area) keepFocusInArea(area);
    shown.current = area;
  }, [area]);
  return <div className="flex min-h-0 min-w-0 flex-1">{AREAS[area]()}</div>;
}

function Dialogs() {
  const app = useApp();
  const dialog = useAppState(({ view }) => view.dialog);
  const close = (): void => {
    setView(app.store, { dialog: null });
    // What it was opened from may have had no focus, or be gone by now.
    keepFocus();
  };
  return dialog === null ? null : <OpenDialog dialog={dialog} onClose={close} />;
}

function OpenMenu() {
  const menu = useAppState(({ view }) => view.menu);
  return menu === null ? null : <DeliveryMenu key={`${menu.x} ${menu.y}`} at={menu} />;
}

function OpenDialog({ dialog, onClose }: { dialog: Dialog; onClose: () => void }) {
  switch (dialog.kind) {
    case "trigger":
      return <TriggerDialog onClose={onClose} />;
    case "scenario":
      return <ScenarioDialog onClose={onClose} />;
    case "clear":
      return <ClearDialog onClose={onClose} />;
    case "fixtures":
      return <FixturesDialog ids={dialog.ids} onClose={onClose} />;
    case "import":
      return <ImportDialog files={dialog.files} onClose={onClose} />;
    case "shortcuts":
      return <ShortcutSheet onClose={onClose} />;
    case "palette":
      return <Palette asks={dialog.asks} onClose={onClose} />;
    case "profiles":
      return <ProfileDialog onClose={onClose} />;
    case "diagnostics":
      return <DiagnosticsDialog onClose={onClose} />;
    case "erase":
      return <EraseDialog onClose={onClose} />;
    case "webhook-secret":
      return <WebhookSecretDialog webhookId={dialog.webhookId} onClose={onClose} />;
    case "missed":
      return <MissedDialog gap={dialog.gap} onClose={onClose} />;
    case "edit":
      return <EditDialog id={dialog.id} onClose={onClose} />;
    case "new-run":
      return <NewRunDialog selection={dialog.selection} again={dialog.again} onClose={onClose} />;
    case "hold":
      return <HoldDialog onClose={onClose} />;
    case "compare":
      return <CompareDialog onClose={onClose} />;
  }
}

/** What is typed before it is fetched belongs to it as well. */
function Palette({ asks, onClose }: { asks: string | undefined; onClose: () => void }) {
  const [early] = useState(noEarlyKeys);
  return (
    <Suspense fallback={<EarlyPalette keys={early} onClose={onClose} />}>
      <CommandPalette asks={asks} early={early} onClose={onClose} />
    </Suspense>
  );
}

function AppToasts() {
  const app = useApp();
  const toasts = useAppState(({ view }) => view.toasts);
  const barsFromBottomPx = useAppState(({ view }) => view.barsFromBottomPx);
  const close = (id: string, hadFocus: boolean): void => {
    const { view } = app.store.getState();
    setView(app.store, { toasts: view.toasts.filter((toast) => toast.id !== id) });
    if (hadFocus && !focusDialog()) focusArea(view.area);
  };
  return toasts.length === 0 ? null : <Toasts toasts={toasts} barsFromBottomPx={barsFromBottomPx} onClose={close} />;
}

/** After the first screen, one part at a time and only while there is nothing else to do. */
function useFetchedAhead(): void {
  const isLoaded = useAppState(({ mirror }) => mirror !== null);
  useEffect(() => {
    if (!isLoaded) return;
    const next = (): void => void fetchAhead()?.then(() => whenIdle(next));
    whenIdle(next);
  }, [isLoaded]);
}

/** Safari has no idle callbacks; a moment later is as good. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(work);
  else setTimeout(work, 200);
}
