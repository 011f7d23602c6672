import { useEffect, useState } from "react";
import { useApp } from "../../app-context.ts";
import type { AppState } from "../../state/app-state.ts";

/** Like `useAppState`, at most once in `everyMs`: for what changes with each delivery and is costly to draw. */
export function useAppStateEvery<T>(select: (state: AppState) => T, everyMs: number): T {
  const app = useApp();
  const [value, setValue] = useState(() => select(app.store.getState()));

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = (): void => {
      timer = undefined;
      setValue(() => select(app.store.getState()));
    };
    const unsubscribe = app.store.subscribe(() => {
      timer ??= setTimeout(read, everyMs);
    });
    read();
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [app, select, everyMs]);

  return value;
}
