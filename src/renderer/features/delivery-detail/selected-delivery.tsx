import clsx from "clsx";
import { Tabs } from "radix-ui";
import { type ReactNode, Suspense, useState } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { lazyPart } from "../../lazy-part.tsx";
import { TABS, type Tab } from "../../state/hash.ts";
import { setView } from "../../state/store.ts";
import { DetailHeader } from "./detail-header.tsx";
import { OverviewTab } from "./overview-tab.tsx";

// With the code of twelve stacks in it: fetched when it is opened.
const SignatureTab = lazyPart(async () => (await import("../signature/signature-tab.tsx")).SignatureTab);

// The Overview is what a first look shows; the reading of payloads is fetched when somebody reads one.
const PayloadTab = lazyPart(async () => (await import("./payload/payload-tab.tsx")).PayloadTab);
const HeadersTab = lazyPart(async () => (await import("./headers-tab.tsx")).HeadersTab);
const AttemptsTab = lazyPart(async () => (await import("./attempts-tab.tsx")).AttemptsTab);
const RawTab = lazyPart(async () => (await import("./raw-tab.tsx")).RawTab);

const PANELS: Readonly<Record<Tab, React.ComponentType<{ delivery: DeliveryDetail }>>> = {
  overview: OverviewTab,
  payload: PayloadTab,
  headers: HeadersTab,
  signature: SignatureTab,
  attempts: AttemptsTab,
  raw: RawTab,
};

/** A delivery that is there: what it is, and the tabs that it is read in. `back` leads to the list it covers. */
export function SelectedDelivery({ delivery, back }: { delivery: DeliveryDetail; back: ReactNode }) {
  const app = useApp();
  const tab = useAppState(({ view }) => view.tab);
  return (
    <>
      <DetailHeader delivery={delivery} back={back} />
      <Tabs.Root
        value={tab}
        // The value is one of the triggers' below, which are made from TABS.
        onValueChange={(value) => setView(app.store, { tab: value as Tab })}
        className="flex min-h-0 flex-1 flex-col short:flex-none"
      >
        <Tabs.List
          aria-label="Delivery"
          className="mt-2.5 flex flex-wrap gap-x-0.5 border-b border-line px-4 max-sm:mt-1 sm:px-5"
        >
          {TABS.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="border-b-2 border-transparent px-2.5 py-1.5 max-sm:px-1 max-sm:py-[0.1875rem] whitespace-nowrap text-t3 outline-offset-[-3px] hover:text-t1 data-[state=active]:border-accent data-[state=active]:text-t1"
            >
              {tabLabel(name, delivery)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <TabPanels key={delivery.id} delivery={delivery} tab={tab} />
      </Tabs.Root>
    </>
  );
}

/**
 * The panels that were looked at. One that is not in front stays laid out, unseen, so that it keeps where it was
 * scrolled to, what was opened in it and what was looked for; the next delivery begins anew.
 */
function TabPanels({ delivery, tab }: { delivery: DeliveryDetail; tab: Tab }) {
  const [seen, setSeen] = useState<readonly Tab[]>([tab]);
  if (!seen.includes(tab)) setSeen([...seen, tab]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col short:flex-none">
      {TABS.map((name) => {
        const Panel = PANELS[name];
        return (
          <Tabs.Content
            key={name}
            value={name}
            forceMount
            className={clsx(
              "min-h-0 flex-1 overflow-auto px-4 py-4 outline-offset-[-2px] sm:px-5 short:flex-none short:overflow-visible",
              // Without a position, what is for screen readers alone would not scroll here, but make all around it scroll.
              name === tab ? "relative" : "invisible absolute inset-0 short:hidden",
            )}
          >
            {seen.includes(name) && (
              <Suspense fallback={<Loading />}>
                <Panel delivery={delivery} />
              </Suspense>
            )}
          </Tabs.Content>
        );
      })}
    </div>
  );
}

function Loading() {
  return (
    <p role="status" className="appear-late text-t3">
      Loading
    </p>
  );
}

function tabLabel(tab: Tab, { attempts, headers }: DeliveryDetail): string {
  const label = `${tab.charAt(0).toUpperCase()}${tab.slice(1)}`;
  if (tab === "attempts" && attempts.length > 0) return `${label} ${attempts.length}`;
  return tab === "headers" ? `${label} ${headers.length}` : label;
}
