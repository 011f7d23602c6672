import { lazy, type ReactNode, Suspense } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { useApp, useAppState } from "./app-context.ts";
import { DeliveriesArea } from "./features/deliveries/deliveries-area.tsx";
import { Banners } from "./features/frame/banners.tsx";
import { Footer } from "./features/frame/footer.tsx";
import { LiveRegion } from "./features/frame/live-region.tsx";
import { NavRail } from "./features/frame/nav-rail.tsx";
import { StatusStrip } from "./features/frame/status-strip.tsx";
import type { Dialog } from "./state/app-state.ts";
import type { Area } from "./state/hash.ts";
import { setView } from "./state/store.ts";
import { Button } from "./ui/button.tsx";
import { Notice } from "./ui/notice.tsx";
import { Toasts } from "./ui/toasts.tsx";

// What the first screen does not show is fetched when it is opened.
const TimelineArea = lazy(async () => ({
  default: (await import("./features/timeline/timeline-area.tsx")).TimelineArea,
}));
const ConnectionArea = lazy(async () => ({
  default: (await import("./features/connection/connection-area.tsx")).ConnectionArea,
}));
const WebhooksArea = lazy(async () => ({
  default: (await import("./features/webhooks/webhooks-area.tsx")).WebhooksArea,
}));
const SettingsArea = lazy(async () => ({
  default: (await import("./features/settings/settings-area.tsx")).SettingsArea,
}));
const TriggerDialog = lazy(async () => ({
  default: (await import("./features/trigger/trigger-dialog.tsx")).TriggerDialog,
}));
const ShortcutSheet = lazy(async () => ({
  default: (await import("./features/frame/shortcut-sheet.tsx")).ShortcutSheet,
}));
const WebhookSecretDialog = lazy(async () => ({
  default: (await import("./features/webhooks/webhook-secret-dialog.tsx")).WebhookSecretDialog,
}));
const MissedDialog = lazy(async () => ({
  default: (await import("./features/missed/missed-dialog.tsx")).MissedDialog,
}));
const CompareDialog = lazy(async () => ({
  default: (await import("./features/compare/compare-dialog.tsx")).CompareDialog,
}));

/** The window: the chain on top, the areas at the left, one of them in the middle. */
export function AppWindow() {
  return (
    <div className="flex h-full flex-col">
      <StatusStrip />
      <Banners />
      <div className="flex min-h-0 flex-1 max-sm:flex-col">
        <NavRail />
        <Safe>
          <Suspense fallback={<div className="flex-1" />}>
            <AreaContent />
          </Suspense>
        </Safe>
      </div>
      <Footer />
      <Safe>
        <Suspense fallback={null}>
          <Dialogs />
        </Suspense>
      </Safe>
      <AppToasts />
      <LiveRegion />
    </div>
  );
}

const AREAS: Readonly<Record<Area, () => ReactNode>> = {
  deliveries: () => <DeliveriesArea />,
  timeline: () => <TimelineArea />,
  connection: () => <ConnectionArea />,
  webhooks: () => <WebhooksArea />,
  settings: () => <SettingsArea />,
};

function AreaContent() {
  const area = useAppState(({ view }) => view.area);
  return <div className="flex min-h-0 min-w-0 flex-1">{AREAS[area]()}</div>;
}

function Dialogs() {
  const app = useApp();
  const dialog = useAppState(({ view }) => view.dialog);
  return dialog === null ? null : <OpenDialog dialog={dialog} onClose={() => setView(app.store, { dialog: null })} />;
}

function OpenDialog({ dialog, onClose }: { dialog: Dialog; onClose: () => void }) {
  switch (dialog.kind) {
    case "trigger":
      return <TriggerDialog onClose={onClose} />;
    case "shortcuts":
      return <ShortcutSheet onClose={onClose} />;
    case "webhook-secret":
      return <WebhookSecretDialog webhookId={dialog.webhookId} onClose={onClose} />;
    case "missed":
      return <MissedDialog gap={dialog.gap} onClose={onClose} />;
    case "compare":
      return <CompareDialog before={dialog.before} after={dialog.after} onClose={onClose} />;
  }
}

function AppToasts() {
  const app = useApp();
  const toasts = useAppState(({ view }) => view.toasts);
  const close = (id: string): void =>
    setView(app.store, { toasts: app.store.getState().view.toasts.filter((toast) => toast.id !== id) });
  return <Toasts toasts={toasts} onClose={close} />;
}

/** A part that breaks leaves the others standing. */
function Safe({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary
      fallbackRender={({ resetErrorBoundary }) => (
        <div className="min-w-0 flex-1 p-4">
          <Notice tone="bad" action={<Button onClick={resetErrorBoundary}>Show it again</Button>}>
            <b>This part of the window broke.</b> Your deliveries are safe. Report it if it stays.
          </Notice>
        </div>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
