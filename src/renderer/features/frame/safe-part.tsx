import type { ReactNode } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { useAppState } from "../../app-context.ts";
import { PartNotLoaded, retryParts } from "../../lazy-part.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";

/**
 * A part that breaks leaves the others standing; so does one that could not be fetched. Both are drawn again with another
 * area, another `resetOn`, or once the engine is back.
 */
export function SafePart({ children, resetOn = null }: { children: ReactNode; resetOn?: string | null }) {
  const area = useAppState(({ view }) => view.area);
  const isConnected = useAppState(({ connection }) => connection.kind === "connected");
  return (
    <ErrorBoundary
      resetKeys={[area, isConnected, resetOn]}
      onReset={retryParts}
      fallbackRender={({ error, resetErrorBoundary }) => (
        <div className="min-w-0 flex-1 p-4">
          {error instanceof PartNotLoaded ? (
            <Notice tone="warn" action={<Button onClick={resetErrorBoundary}>Try again</Button>}>
              <b>This part of the window could not be fetched.</b> The inspector does not answer. It opens by itself as
              soon as the inspector runs again.
            </Notice>
          ) : (
            <Notice tone="bad" action={<Button onClick={resetErrorBoundary}>Show it again</Button>}>
              <b>This part of the window broke.</b> Your deliveries are safe. Report it if it stays.
            </Notice>
          )}
        </div>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
