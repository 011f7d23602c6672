import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { Notice } from "../../ui/notice.tsx";
import { INCOMPLETE_WORDS } from "../common/delivery-words.ts";
import { SubjectCardSlot } from "../timeline/subject-card-slot.tsx";
import { EventCard } from "./event-card.tsx";
import { ShapeCard } from "./shape-card.tsx";
import { SignatureCard } from "./signature-card.tsx";
import { SummaryCard } from "./summary-card.tsx";
import { WaterfallCard } from "./waterfall-card.tsx";

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
      <ShapeCard delivery={delivery} />
      <WaterfallCard delivery={delivery} />
      <EventCard type={delivery.type} />
      {/* It is fetched later, and what comes later must move nothing. */}
      <SubjectCardSlot delivery={delivery} />
    </div>
  );
}
