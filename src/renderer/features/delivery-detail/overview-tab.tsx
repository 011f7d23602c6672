import { Suspense } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { lazyPart } from "../../lazy-part.tsx";
import { Notice } from "../../ui/notice.tsx";
import { INCOMPLETE_WORDS } from "../common/delivery-words.ts";
import { SubjectCardSlot } from "../timeline/subject-card-slot.tsx";
import { SignatureCard } from "./signature-card.tsx";
import { SummaryCard } from "./summary-card.tsx";
import { WaterfallCard } from "./waterfall-card.tsx";

// What is known of events is much text: it is fetched when a first delivery is read.
const ShapeCard = lazyPart(async () => (await import("./shape-card.tsx")).ShapeCard);
const EventCard = lazyPart(async () => (await import("./event-card.tsx")).EventCard);

const TriesCard = lazyPart(async () => (await import("./tries-card.tsx")).TriesCard);

export function OverviewTab({ delivery }: { delivery: DeliveryDetail }) {
  return (
    <div className="grid gap-4">
      <SummaryCard delivery={delivery} />
      {delivery.incomplete !== undefined && (
        <Notice tone="warn">
          <b>This delivery is not whole.</b> {INCOMPLETE_WORDS[delivery.incomplete].meaning} It is never forwarded.
        </Notice>
      )}
      <SignatureCard delivery={delivery} />
      <Suspense fallback={null}>
        <ShapeCard delivery={delivery} />
      </Suspense>
      <WaterfallCard delivery={delivery} />
      <Suspense fallback={null}>
        <TriesCard delivery={delivery} />
      </Suspense>
      <Suspense fallback={null}>
        <EventCard type={delivery.type} />
      </Suspense>
      {/* It is fetched later, and what comes later must move nothing. */}
      <SubjectCardSlot delivery={delivery} />
    </div>
  );
}
