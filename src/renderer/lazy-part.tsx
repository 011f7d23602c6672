import { type ComponentType, createElement, type ReactNode, use } from "react";

/** What a part that could not be fetched fails with: not a bug, and not the same as a part that broke. */
export class PartNotLoaded extends Error {
  override readonly name = "PartNotLoaded";
}

interface LazyPartOptions {
  /** False for what is large and seldom opened: it is fetched when it is. */
  readonly isAhead?: boolean;
}

/** Parts that nobody has fetched yet, first come first served; one that is fetched may bring others. */
const ahead: (() => Promise<unknown>)[] = [];
/** What makes a part that could not be fetched be tried again. */
const failed = new Set<() => void>();

/** Fetches one part that was not opened yet, so that it opens even when the engine has gone; null when all are there. */
export function fetchAhead(): Promise<unknown> | null {
  return ahead.shift()?.() ?? null;
}

/** What could not be fetched is fetched again when it is drawn next. */
export function retryParts(): void {
  for (const forget of failed) forget();
  failed.clear();
}

/**
 * A part of the window that the first screen does not show: fetched when it is first opened, or before, while there is
 * nothing else to do. Suspends while it is fetched, and throws PartNotLoaded where that fails, until `retryParts`.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { isAhead = true }: LazyPartOptions = {},
): (props: P) => ReactNode {
  let loading: Promise<ComponentType<P>> | undefined;
  let part: ComponentType<P> | undefined;
  const forget = (): void => {
    loading = undefined;
  };
  const loadOnce = (): Promise<ComponentType<P>> => {
    loading ??= load().then(
      (loaded) => {
        part = loaded;
        return loaded;
      },
      (cause: unknown) => {
        failed.add(forget);
        throw new PartNotLoaded("This part of the window could not be fetched.", { cause });
      },
    );
    return loading;
  };
  // Nobody has seen it fail: whoever opens it may try anew.
  if (isAhead) ahead.push(() => loadOnce().catch(forget));
  // What is there is drawn at once: React holds a fallback for 300 ms, even when what it stands for has come.
  return (props) => createElement(part ?? use(loadOnce()), props);
}
