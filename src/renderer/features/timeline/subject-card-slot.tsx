import { Suspense } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { lazyPart } from "../../lazy-part.tsx";

const SubjectCard = lazyPart(async () => (await import("./subject-card.tsx")).SubjectCard);

/** "This video" or "This live stream" for a delivery's overview; fetched when the first one is shown. */
export function SubjectCardSlot({ delivery }: { delivery: Pick<DeliveryDetail, "id" | "subject"> }) {
  return (
    <Suspense fallback={null}>
      <SubjectCard delivery={delivery} />
    </Suspense>
  );
}
