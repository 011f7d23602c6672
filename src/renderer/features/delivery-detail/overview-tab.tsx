import { eventFacts } from "#shared/api-video/event-types.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { Notice } from "../../ui/notice.tsx";
import { INCOMPLETE_WORDS } from "../common/delivery-words.ts";
import { SubjectCardSlot } from "../timeline/subject-card-slot.tsx";
import { SignatureCard } from "./signature-card.tsx";
import { WaterfallCard } from "./waterfall-card.tsx";

export function OverviewTab({ delivery }: { delivery: DeliveryDetail }) {
  const facts = eventFacts(delivery.type);
  return (
    <div className="grid gap-4">
      {delivery.incomplete !== undefined && (
        <Notice tone="warn">
          <b>This delivery is not whole.</b> {INCOMPLETE_WORDS[delivery.incomplete].meaning} It is never forwarded.
        </Notice>
      )}
      <SignatureCard delivery={delivery} />
      <WaterfallCard delivery={delivery} />
      {facts !== undefined && <p className="px-0.5 text-t3">{facts.meaning}</p>}
      {/* It is fetched later, and what comes later must move nothing. */}
      <SubjectCardSlot delivery={delivery} />
    </div>
  );
}
