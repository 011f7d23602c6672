import { useRef } from "react";
import type { LiveFault } from "#shared/domain/fault.ts";
import { liveFaultSentence } from "#shared/domain/fault-sentence.ts";
import { runAction } from "../../actions/registry.ts";
import { useApp } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { useHandOnFocus } from "../common/use-hand-on-focus.ts";

/** That something goes wrong on purpose: nobody shall look for the reason elsewhere. */
export function FaultBanner({ live }: { live: LiveFault }) {
  const app = useApp();
  const banner = useRef<HTMLElement>(null);
  // It goes by itself with the last delivery that the fault was for.
  useHandOnFocus(banner);
  return (
    <section ref={banner} aria-label="Fault on demand" className="flex-none">
      <Notice
        tone="warn"
        isBanner
        action={
          <Button needsEngine onClick={() => runAction(app, "fault.stop")}>
            {live.left === 0 ? "Send at once" : "Stop the fault"}
          </Button>
        }
      >
        <b role="status">{live.left === 0 ? "A fault was put into forwards." : "A fault is put into forwards."}</b>{" "}
        <SafeText text={liveFaultSentence(live)} />
      </Notice>
    </section>
  );
}
