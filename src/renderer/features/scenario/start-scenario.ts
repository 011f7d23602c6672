import { durationMs, planScenario, playScenario } from "#shared/api-video/play-scenario.ts";
import { SCENARIOS, type ScenarioName } from "#shared/api-video/scenarios.ts";
import type { App } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { formatPlural } from "../../theme/format.ts";
import { type SendingChoice, toHow } from "../trigger/sending-fields.tsx";

export interface ScenarioChoice extends SendingChoice {
  readonly name: ScenarioName;
  /** Factor on the pace; infinite for no pauses at all. */
  readonly speed: number;
}

/**
 * Begins to play, and answers at once. How far it is stands in the state (`playing`) until it ends, and a message says how
 * it did. It is paced here, as by `trigger --scenario` on the command line, so it ends with the page.
 */
export function startScenario(app: App, { name, speed, ...choice }: ScenarioChoice): void {
  const { title } = SCENARIOS[name];
  const plan = planScenario(name);
  const stopping = new AbortController();
  const startedAt = Date.now();
  let sent = 0;

  const tell = (): void =>
    app.store.setState({
      playing: {
        ...{ title, sent, total: plan.length, stop: () => stopping.abort() },
        dueAt: startedAt + durationMs(plan.slice(0, sent + 1), speed),
      },
    });
  const play = async (): Promise<void> => {
    const how = toHow(choice);
    await playScenario(plan, {
      ...{ speed, signal: stopping.signal, dialect: how.dialect },
      async send({ type }, set) {
        await app.client.call("simulator.trigger", { type, set, ...how });
        sent += 1;
        tell();
      },
    });
  };

  tell();
  play()
    .then(
      () => app.toast(sent < plan.length ? stoppedWords(title, sent, plan.length) : doneWords(title, sent)),
      (failure) => app.toast(`${stoppedWords(title, sent, plan.length)} ${toMessage(failure)}`, { tone: "bad" }),
    )
    .finally(() => app.store.setState({ playing: null }));
}

const doneWords = (title: string, sent: number): string => `${title}: ${formatPlural(sent, "event")} sent.`;
const stoppedWords = (title: string, sent: number, total: number): string =>
  `${title}: stopped after ${sent} of ${total} events.`;
