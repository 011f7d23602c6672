import { Film, Radio } from "lucide-react";
import { playInSimulator } from "../../actions/simulator-actions.ts";
import { useApp } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { useBusy } from "./use-busy.ts";

/** Has the simulator play all events of a video or of a live stream. */
export function PlayButtons({ isPrimary = false, onPlayed }: { isPrimary?: boolean; onPlayed?: () => void }) {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const play = (scenario: "video" | "live-stream"): void =>
    run(async () => {
      await playInSimulator(app, scenario);
      onPlayed?.();
    });
  return (
    <>
      <Button look={isPrimary ? "primary" : "plain"} needsEngine disabled={isBusy} onClick={() => play("video")}>
        <Film aria-hidden="true" size={14} />
        Encode a video
      </Button>
      <Button needsEngine disabled={isBusy} onClick={() => play("live-stream")}>
        <Radio aria-hidden="true" size={14} />
        Broadcast live
      </Button>
    </>
  );
}
