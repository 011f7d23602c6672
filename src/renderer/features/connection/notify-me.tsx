import { useState } from "react";
import { useApp } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";

/** In a browser the user has to allow what the desktop app may do anyway: to tell them while the page is hidden. */
export function NotifyMe() {
  const app = useApp();
  const [answer, setAnswer] = useState(app.shell.mayNotify);
  if (!app.shell.capabilities.notify || answer === true) return null;
  if (answer === false) {
    return (
      <p className="text-small text-t3">
        The browser does not let this page notify you when webhooks stop coming while it is hidden.
      </p>
    );
  }
  const ask = (): void =>
    app.attempt(async () => {
      await app.shell.askToNotify();
      setAnswer(app.shell.mayNotify());
    });
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <span className="min-w-0 flex-1 basis-56 text-t3">
        This page can tell you when webhooks stop coming while it is hidden.
      </span>
      <Button onClick={ask}>Notify me</Button>
    </p>
  );
}
