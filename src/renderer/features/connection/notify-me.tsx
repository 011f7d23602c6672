import { useState } from "react";
import { useApp } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";

/**
 * In a browser the user has to allow what the desktop app may do anyway: to tell them while they look elsewhere. Says
 * nothing where all is well.
 */
export function NotifyMe({ what }: { what: string }) {
  const app = useApp();
  const [permission, setPermission] = useState(app.shell.mayNotify);
  const ask = (): void =>
    app.attempt(async () => {
      await app.shell.askToNotify();
      setPermission(app.shell.mayNotify());
    });
  switch (permission) {
    case "granted":
    case "by-host":
      return null;
    case "denied":
      return (
        <p className="text-small text-t3">
          The browser blocks this page's notifications, so it cannot tell you {what}. Allow them in the browser's
          settings for this address, then load the page again.
        </p>
      );
    case "unsupported":
      return (
        <p className="text-small text-t3">
          This browser has no notifications, so the page cannot tell you {what}. The desktop app can.
        </p>
      );
    case "ask":
      return (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span className="min-w-0 flex-1 basis-56 text-t3">This page can tell you {what} while it is hidden.</span>
          {/* The browser is asked, not the engine. */}
          <Button needsEngine={false} onClick={ask}>
            Notify me
          </Button>
        </p>
      );
  }
}
