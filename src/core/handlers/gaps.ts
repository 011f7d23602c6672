import type { Handlers } from "../router.ts";
import type { Store } from "../store/store.ts";

export function gapHandlers({ store }: { store: Store }): Pick<Handlers, "gaps.list"> {
  return { "gaps.list": async () => ({ gaps: await store.gaps() }) };
}
