import type { ReactNode } from "react";
import { useApp, useAppState } from "../../../app-context.ts";
import type { LoadedBody } from "../../../state/app-state.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";

/** What needs a delivery's body: shown once its first part is there, with a way out where it cannot be loaded. */
export function WithBody({ id, children }: { id: string; children: (body: LoadedBody) => ReactNode }) {
  const app = useApp();
  const body = useAppState((state) => state.body);
  if (body === null || body.id !== id || (body.bytes.length === 0 && body.phase === "loading")) {
    return (
      <p role="status" className="appear-late text-t3">
        Loading the payload
      </p>
    );
  }
  if (body.phase === "failed") {
    return (
      <Notice
        tone="bad"
        action={
          <Button needsEngine onClick={() => app.attempt(app.detail.needBody)}>
            Try again
          </Button>
        }
      >
        <b>The payload could not be loaded.</b> {body.message}
      </Notice>
    );
  }
  return children(body);
}
