import { toAttemptNotice } from "#shared/domain/attempt.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import type { Target } from "#shared/domain/named-target.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { AppError } from "#shared/errors.ts";
import { createEditing, type Editing } from "./editing.ts";
import type { EventBus } from "./event-bus.ts";
import { createForwarding, type ForwardingArea } from "./forwarding.ts";
import { createJustCaptured, type JustCaptured } from "./just-captured.ts";
import type { Clock } from "./lib/clock.ts";
import { fireAndForget, type Log } from "./lib/log.ts";
import type { Problems } from "./problems.ts";
import { stripInstallPrefix } from "./registration/registration.ts";
import { createReplayer, type Replayer } from "./replay/replayer.ts";
import { createSender, type Destination, type Sender, type StoredRequest } from "./replay/sender.ts";
import type { RunSender } from "./runs/carry-out.ts";
import { createRuns, type Runs } from "./runs/runs.ts";
import type { Secrets } from "./secrets/secrets.ts";
import type { SettingsArea } from "./settings/settings.ts";
import type { Appended } from "./store/append-queue.ts";
import type { Store } from "./store/store.ts";
import type { NewDelivery } from "./store/stored-delivery.ts";
import { createWayOut, type WayOut } from "./way-out.ts";

export interface OutgoingDeps {
  readonly store: Store;
  readonly settings: SettingsArea;
  readonly secrets: Secrets;
  readonly events: EventBus;
  readonly problems: Problems;
  readonly clock: Clock;
  readonly log: Log;
  readonly installId: string;
  append(delivery: NewDelivery): Promise<Appended>;
  randomId(bytes: number): string;
  ownPorts(): readonly number[];
  /** Of what goes to the default target. */
  readonly forward: { readonly headers: HeaderPairs; readonly skipVerify: boolean };
}

/** All that sends deliveries to the developer's servers: forwards, replays, edited ones, runs. */
export interface Outgoing extends Omit<WayOut, typeof Symbol.dispose>, AsyncDisposable {
  readonly forwarding: ForwardingArea;
  readonly replayer: Replayer;
  readonly editing: Editing;
  readonly runs: Runs;
  /** An append that spares the forward of what it keeps the way to the store. */
  readonly keepingForForward: JustCaptured["keeping"];
}

export function createOutgoing(deps: OutgoingDeps): Outgoing {
  const { store, settings, secrets, events, problems, clock, log, installId, append } = deps;
  const stack = new AsyncDisposableStack();
  const defaultTarget = (): URL | null => parseTarget(settings.values.forwardTo ?? "");
  const isDefault = (url: string): boolean => parseTarget(url)?.href === defaultTarget()?.href;
  const headersFor = (url: string): HeaderPairs => (isDefault(url) ? deps.forward.headers : []);
  const sender = stack.use(
    createSender({
      ...{ clock, ownPorts: deps.ownPorts },
      allowedTargets: () => settings.values.allowedTargets,
      skipsVerify: ({ origin }) => deps.forward.skipVerify && origin === defaultTarget()?.origin,
    }),
  );
  const justCaptured = createJustCaptured();
  stack.defer(events.subscribe(justCaptured.follow));
  const toPath = (path: string): string => stripInstallPrefix(path, installId);

  async function load(id: string): Promise<StoredRequest | undefined> {
    const fresh = justCaptured.take(id);
    if (fresh !== undefined) return { ...fresh, path: toPath(fresh.path) };
    const [summary, content] = await Promise.all([store.summary(id), store.content(id)]);
    if (summary === undefined || content === undefined) return undefined;
    // What the user wrote is sent as it was written.
    const path = summary.source === "edited" ? summary.path : toPath(summary.path);
    return { method: summary.method, path, isIncomplete: summary.incomplete !== undefined, ...content };
  }

  async function publishChanged(id: string): Promise<void> {
    const summary = await store.summary(id);
    if (summary !== undefined) events.publish("delivery.updated", summary);
  }

  const forwarding = stack.use(
    createForwarding({
      ...{ sender, events, problems, clock, log },
      settings: () => settings.values,
      matching: store.matching,
      onTargetsChanged: () => replayer.targetsChanged(),
    }),
  );
  const replayer = stack.use(
    createReplayer({
      ...{ sender, log, load },
      record: (attempt) => store.addAttempt(attempt),
      defaultTarget: () => settings.values.forwardTo,
      route: forwarding.route,
      namedTarget: forwarding.namedTarget,
      headersFor,
      onForwardProblem: forwarding.noteRefusal,
      onAttempt(attempt) {
        forwarding.noteAttempt(attempt);
        events.publish("attempt.updated", toAttemptNotice(attempt));
        fireAndForget(publishChanged(attempt.deliveryId), log, "replay.not_published");
      },
    }),
  );
  const publish = (summary: DeliverySummary) => events.publish("delivery.received", summary);
  const editing = createEditing({ clock, secrets, load, append, publish, urlOf: replayer.urlOf });
  const { hold, faults, forward, relay, release } = stack.use(createWayOut({ store, replayer, events, clock, log }));
  const runs = stack.use(
    createRuns({
      ...{ clock, log, toPath, store: store.runs },
      // Letters and digits: a number of base 36.
      randomSeed: () => Number.parseInt(deps.randomId(6), 36),
      routing: forwarding.routing,
      sender: toNamedTargets(sender, { namedTarget: forwarding.namedTarget, headersFor }),
      publish: (progress) => events.publish("run.progressed", progress),
    }),
  );

  return {
    ...{ forwarding, replayer, editing, runs, hold, faults, forward, relay, release },
    keepingForForward: justCaptured.keeping,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

interface NamedDestination {
  readonly destination: Destination;
  readonly target: Target | undefined;
  readonly headers: HeaderPairs;
}

/** The same sender, which also knows the targets that have names, and adds the headers of each. */
function toNamedTargets(
  sender: Sender,
  { namedTarget, headersFor }: Pick<ForwardingArea, "namedTarget"> & { headersFor(url: string): HeaderPairs },
): RunSender<NamedDestination> {
  return {
    async resolve(text, signal) {
      const target = namedTarget(text);
      if (target === undefined && parseTarget(text) === null) {
        throw new AppError("replay.target_refused", `There is no target “${text}” any more.`);
      }
      const destination = await sender.resolve(target?.url ?? text, signal);
      return { destination, target, headers: target?.headers ?? headersFor(text) };
    },
    async send(request, { destination, target, headers }, extra, signal, fault) {
      const sent = await sender.send(request, destination, [...headers, ...extra], signal, fault);
      return { ...sent, ...(target && { targetName: target.name }) };
    },
  };
}
