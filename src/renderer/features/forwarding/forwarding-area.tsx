import { FaultsCard } from "../faults/faults-card.tsx";
import { AnswersCard } from "./answers-card.tsx";
import { RoutesCard } from "./routes-card.tsx";
import { TargetsCard } from "./targets-card.tsx";

/** Where deliveries go from here, and what their sender is answered. */
export function ForwardingArea() {
  return (
    <main
      data-region="forwarding"
      tabIndex={-1}
      aria-label="Forwarding"
      className="min-h-0 min-w-0 flex-1 overflow-auto bg-s1 p-4 focus-visible:-outline-offset-2 sm:p-6"
    >
      <div className="mx-auto grid max-w-3xl gap-4">
        <div className="grid gap-1">
          <h1 className="text-title font-[650] text-t1">Forwarding</h1>
          <p className="text-t3">
            Each delivery is stored first. Then it is sent to your own servers, and a replay goes the same way.
          </p>
        </div>
        <TargetsCard />
        <RoutesCard />
        <AnswersCard />
        <FaultsCard />
      </div>
    </main>
  );
}
