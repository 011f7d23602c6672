import { useId, useMemo, useState } from "react";
import { durationMs, planScenario, type Sending } from "#shared/api-video/play-scenario.ts";
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from "#shared/api-video/scenarios.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatMs, formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { AS_EVER, Options, SendingFields, toKnown } from "../trigger/sending-fields.tsx";
import { ScenarioSteps } from "./scenario-steps.tsx";
import { startScenario } from "./start-scenario.ts";

const PACES = [
  ["1", "As api.video might"],
  ["10", "Ten times as fast"],
  ["Infinity", "Without pauses"],
] as const;

/** Chooses a sequence of simulated events, shows what it sends and when, and begins to play it. */
export function ScenarioDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const form = useId();
  const isPlaying = useAppState(({ playing }) => playing !== null);
  const [name, setName] = useState<ScenarioName>("upload");
  const [pace, setPace] = useState<(typeof PACES)[number][0]>("1");
  const [choice, setChoice] = useState(AS_EVER);
  const plans = useMemo(planAll, []);
  const speed = Number(pace);

  const play = (): void => {
    if (isPlaying) return;
    startScenario(app, { name, speed, ...choice });
    onClose();
  };

  return (
    <Modal
      title="Play a scenario"
      description="Simulated events in an order in which api.video may send them. How fast it does, its documentation does not say."
      bar={
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button type="submit" form={form} look="primary" needsEngine disabled={isPlaying}>
            Play
          </Button>
          <p className="text-t2" role="status">
            {isPlaying ? "One is being played. Stop it first, or wait for its end." : sizeWords(plans[name], speed)}
          </p>
        </div>
      }
      onClose={onClose}
    >
      <EngineForm id={form} className="grid gap-3" onSubmit={play}>
        <fieldset className="grid gap-0.5">
          <legend className="sr-only">Scenario</legend>
          {SCENARIO_NAMES.map((one) => (
            <Choice
              key={one}
              group="scenario"
              value={one}
              title={SCENARIOS[one].title}
              chosen={name}
              onChoose={setName}
            >
              <span className="block first-letter:uppercase">{SCENARIOS[one].summary}.</span>
            </Choice>
          ))}
        </fieldset>
        <ScenarioSteps key={name} plan={plans[name]} speed={speed} />
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Pace">
            {(ids) => (
              <Select {...ids} value={pace} onChange={({ target }) => setPace(toKnown(PACES, target.value))}>
                <Options choices={PACES} />
              </Select>
            )}
          </Field>
          <SendingFields choice={choice} onChange={setChoice} />
        </div>
      </EngineForm>
    </Modal>
  );
}

/** All of them, with names that can be read in place of ids. */
function planAll(): Readonly<Record<ScenarioName, readonly Sending[]>> {
  const plan = (name: ScenarioName) => {
    const counts = { video: 0, "live-stream": 0 };
    return planScenario(name, (kind) => {
      counts[kind] += 1;
      return kind === "video" ? `video ${counts.video}` : `live stream ${counts["live-stream"]}`;
    });
  };
  return { upload: plan("upload"), live: plan("live"), captions: plan("captions"), storm: plan("storm") };
}

function sizeWords(plan: readonly Sending[], speed: number): string {
  const events = formatPlural(plan.length, "event");
  return Number.isFinite(speed)
    ? `${events} in ${formatMs(durationMs(plan, speed))}.`
    : `${events}, one after the other.`;
}
