import { type ComponentType, createElement, lazy, type ReactNode, useState } from "react";

/** A part of the window that is fetched when it is first opened, or before, while there is nothing else to do. */
export interface LazyPart<P> {
  (props: P): ReactNode;
  /** Fetches it, so that it opens even when the engine has gone meanwhile; harmless where that fails. */
  preload(): Promise<unknown>;
}

/** What a part that could not be fetched fails with: not a bug, and not the same as a part that broke. */
export class PartNotLoaded extends Error {
  override readonly name = "PartNotLoaded";
}

/** `load` is called again after a failure: React's own lazy component would fail for ever. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): LazyPart<P> {
  let loading: Promise<ComponentType<P>> | undefined;
  let Loaded: ComponentType<P>;
  const loadOnce = (): Promise<ComponentType<P>> => {
    loading ??= load().then(
      (part) => {
        // A lazy component shows its fallback even when what it waits for is there, and React holds that for 300 ms.
        Loaded = part;
        return part;
      },
      (cause: unknown) => {
        loading = undefined;
        Loaded = toLazy();
        throw new PartNotLoaded("This part of the window could not be fetched.", { cause });
      },
    );
    return loading;
  };
  const toLazy = () => lazy(async () => ({ default: await loadOnce() })) as unknown as ComponentType<P>;
  Loaded = toLazy();

  const Part = (props: P) => {
    // The one it was first drawn with: another one would be another component, and lose what the user did in it.
    const [Shown] = useState(() => Loaded);
    return createElement(Shown, props);
  };
  return Object.assign(Part, { preload: () => loadOnce().catch(() => undefined) });
}
