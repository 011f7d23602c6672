import type { SubjectKind } from "#shared/domain/subject.ts";
import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";
import { setView } from "../state/store.ts";
import { type Action, isLoaded } from "./action.ts";

/** Sequences of events: those that this window sends, and what the simulator plays from beginning to end. */
export const SIMULATOR_ACTIONS: readonly Action[] = [
  {
    id: "scenario.play",
    needsEngine: true,
    label: "Play a scenario",
    keys: [],
    keywords: "simulate simulator trigger sequence storm all events",
    when: isLoaded,
    run: (app) => setView(app.store, { dialog: { kind: "scenario" } }),
  },
  {
    id: "scenario.stop",
    label: "Stop the scenario",
    keys: [],
    keywords: "simulate cancel end",
    when: ({ playing }) => playing !== null,
    run: (app) => app.store.getState().playing?.stop(),
  },
  {
    id: "simulator.video",
    needsEngine: true,
    label: "Encode a video",
    keys: [],
    keywords: "simulate simulator play sequence upload renditions all events",
    when: isSimulator,
    run: (app) => app.attempt(() => playInSimulator(app, "video")),
  },
  {
    id: "simulator.live-stream",
    needsEngine: true,
    label: "Broadcast live",
    keys: [],
    keywords: "simulate simulator play sequence live stream recording all events",
    when: isSimulator,
    run: (app) => app.attempt(() => playInSimulator(app, "live-stream")),
  },
];

/** Whether events come from the simulator, which alone can be told to send some. */
export function isSimulator({ mirror }: AppState): boolean {
  return mirror?.api.environment === "simulator";
}

/** Has the simulator begin; the events come by and by. */
export async function playInSimulator(app: App, scenario: SubjectKind): Promise<void> {
  await app.client.call("simulator.play", { scenario });
  app.toast(
    scenario === "video"
      ? "The simulator encodes a video. Its events come within some seconds."
      : "The simulator broadcasts and records a live stream. Its events come within some seconds.",
  );
}
