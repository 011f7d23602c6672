import { useEffect, useState } from "react";
import { useApp } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { Button } from "../../ui/button.tsx";
import { Tick } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { useBusy } from "../common/use-busy.ts";

/** Shows what is to be copied before it is: whoever gives it away has seen it. */
export function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const [showHosts, setShowHosts] = useState(false);
  const [report, setReport] = useState<{ text: string } | { error: string } | null>(null);

  useEffect(() => {
    let isOutdated = false;
    const load = async (): Promise<void> => {
      const next = await app.client.call("app.diagnostics", { showHosts }).catch((error: unknown) => ({
        error: toMessage(error),
      }));
      if (!isOutdated) setReport(next);
    };
    // Its failure is shown in place of the text.
    void load();
    return () => {
      isOutdated = true;
    };
  }, [app, showHosts]);

  const text = report !== null && "text" in report ? report.text : null;
  const copy = (): void =>
    run(async () => {
      await app.shell.copyText(text ?? "");
      app.toast("Diagnostics copied.");
      onClose();
    });
  return (
    <Modal
      title="Diagnostics"
      description="No secrets, no payloads, no names. Read it before you give it away."
      onClose={onClose}
    >
      <div className="grid min-w-0 gap-3">
        <label className="flex min-h-6 items-center gap-2">
          <Tick needsEngine checked={showHosts} onChange={(event) => setShowHosts(event.target.checked)} />
          Show the names of hosts, such as the public URL's
        </label>
        {report !== null && "error" in report && (
          <p role="alert" className="text-bad">
            {report.error}
          </p>
        )}
        {text !== null && (
          <section
            aria-label="What will be copied"
            // Scrolls, so it can be reached by key.
            // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
            tabIndex={0}
            className="max-h-[45vh] min-w-0 overflow-auto rounded-md border border-line bg-s0 p-3"
          >
            <pre className="whitespace-pre-wrap wrap-anywhere">
              <SafeText text={text} keepLines />
            </pre>
          </section>
        )}
        {app.shell.capabilities.copyText ? (
          <Button look="primary" className="justify-self-start" disabled={text === null || isBusy} onClick={copy}>
            Copy
          </Button>
        ) : (
          <p className="text-t3">This page has no clipboard: select the text and copy it.</p>
        )}
      </div>
    </Modal>
  );
}
