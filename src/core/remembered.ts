import type { Store } from "./store/store.ts";

/** A small fact made once per data folder. */
export async function remembered(store: Store, name: string, make: () => string): Promise<string> {
  const known = await store.readState(name);
  if (known !== null) return known;
  const made = make();
  await store.writeState(name, made);
  return made;
}
