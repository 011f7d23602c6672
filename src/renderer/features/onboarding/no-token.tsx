import { KeyRound } from "lucide-react";
import { EmptyState } from "../../ui/empty-state.tsx";

/** A browser that came without the key of this run: how to get in. */
export function NoToken() {
  return (
    <main className="grid h-full place-items-center">
      <EmptyState icon={KeyRound} title="This page needs its key">
        <p className="text-t3">
          Open the address that the inspector printed when it started. It ends with <code>#token=</code> and a key that
          is new for each start, so that no other page can reach your deliveries.
        </p>
        <p className="text-t3">
          Lost it? Start it again with <code>npm run -s cli -- serve</code>.
        </p>
      </EmptyState>
    </main>
  );
}
