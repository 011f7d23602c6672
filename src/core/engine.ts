import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { createAnswers } from "./answers/answers.ts";
import { isTrustedSender } from "./answers/trusted-sender.ts";
import { createApiAccess } from "./api-access.ts";
import { createArrivals } from "./arrivals.ts";
import { createCapture } from "./capture.ts";
import { createConnection } from "./connection.ts";
import type { EngineDeps } from "./deps.ts";
import { createSeenHosts } from "./diagnostics/seen-hosts.ts";
import { endInOrder } from "./end-in-order.ts";
import type { EngineOptions } from "./engine-options.ts";
import { createEraser } from "./erase.ts";
import { createEventBus, type EventBus } from "./event-bus.ts";
import { allHandlers } from "./handlers/all-handlers.ts";
import type { RemovedProfiles } from "./handlers/profiles.ts";
import { fireAndForget } from "./lib/log.ts";
import { createTrailing } from "./lib/trailing.ts";
import { startListener } from "./listener/listener.ts";
import { openExports } from "./open-exports.ts";
import { createOutgoing } from "./outgoing.ts";
import { createProblems } from "./problems.ts";
import { createRecheck } from "./recheck.ts";
import { recordGaps } from "./record-gaps.ts";
import { createRegistration } from "./registration/registration.ts";
import { remembered } from "./remembered.ts";
import { removeElsewhere } from "./remove-elsewhere.ts";
import { createRouter, type Router } from "./router.ts";
import { openSecrets } from "./secrets/secrets.ts";
import { openSettings } from "./settings/settings.ts";
import { openStore } from "./store/store.ts";
import type { LateAnswer } from "./store/stored-delivery.ts";
import { createCanary } from "./tunnel/canary.ts";
import { probePath } from "./tunnel/probe-path.ts";
import { createProvider } from "./tunnel/providers/create-provider.ts";
import { newSubdomain } from "./tunnel/subdomain.ts";
import { createTunnel } from "./tunnel/tunnel.ts";
import { verify } from "./verification/verify.ts";
import { watchStorage } from "./watch-storage.ts";
import { writeReport } from "./write-report.ts";

/** The whole app without a face: what a host starts, shows and ends. */
export interface Engine extends AsyncDisposable {
  readonly router: Router;
  readonly events: EventBus;
  readonly dataDir: string;
  readonly listenerUrl: string;
  publicUrl(): string | null;
  simulatorUrl(): string | null;
}

/** Counts change with every delivery; nobody reads them faster than this. */
const COUNTS_EVERY_MS = 200;

/**
 * Builds the engine and starts it. It throws AppError where it cannot run at all: a data folder that is locked, damaged,
 * newer or not writable (`store.*`), a port that is taken (`listener.*`). Tunnel and registration follow in the
 * background and show their faults in the snapshot.
 */
export async function createEngine(deps: EngineDeps, options: EngineOptions): Promise<Engine> {
  const { clock, log } = deps;
  await using stack = new AsyncDisposableStack();
  const events = createEventBus(log);
  const problems = createProblems(events, clock.now);

  const counts = stack.use(createTrailing(COUNTS_EVERY_MS, () => events.publish("counts.changed", store.counts)));
  const store = stack.use(
    await openStore({
      dataDir: options.dataDir,
      limits: { maxDeliveries: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER },
      clock,
      log,
      onRemoved: (ids) => events.publish("delivery.removed", { ids }),
      onCounts: counts.touch,
      onLost: (error) => problems.raise({ id: "store", title: "Nothing can be kept", message: error.message }),
    }),
  );
  const settings = await openSettings({
    load: () => store.readState("settings"),
    save: (text) => store.writeState("settings", text),
    flags: options.flags,
    variables: options.variables,
    log,
  });
  const seenHosts = createSeenHosts(settings.view());
  events.subscribe(seenHosts.follow);
  await store.setLimits(settings.values);
  const secrets = await openSecrets({ storage: deps.secrets, environmentSecret: options.webhookSecret, log });
  if (secrets.unavailable) {
    problems.raise({ id: "secrets", title: "Saved secrets cannot be read", message: secrets.unavailable.message });
  }
  const installId = await remembered(store, "install-id", () => deps.randomId(12));
  const rememberSubdomain = () => remembered(store, "subdomain", () => newSubdomain(deps.randomId));
  let subdomain = await rememberSubdomain();

  const api = stack.use(createApiAccess({ engine: deps, settings, secrets, givenKey: options.apiKey }));
  if (options.connect) await api.refresh();

  const publishUpdate = (summary: DeliverySummary) => events.publish("delivery.updated", summary);
  const recheck = createRecheck({
    ...{ store, clock, log },
    verify: (claim) => verify(claim, secrets),
    publish: publishUpdate,
    erasures: () => secrets.erasures,
    keepSecret: secrets.keepWebhookSecret,
    fetchSecret: async (webhookId) => (await api.client()?.getWebhook(webhookId))?.signatureSecret ?? null,
  });

  const append = watchStorage(store.append, problems);
  const outgoing = stack.use(
    createOutgoing({
      ...{ store, settings, secrets, events, problems, clock, log, installId, append },
      randomId: deps.randomId,
      ownPorts: () => [listener.port],
      forward: options.forward ?? { headers: [], skipVerify: false },
    }),
  );
  const { forwarding, hold, forward, relay } = outgoing;
  const exports = stack.use(
    openExports({
      ...{ store, settings, events, problems, log, installId },
      newSalt: () => deps.randomId(32),
    }),
  );
  const matching = store.matching;
  const answers = stack.use(createAnswers({ log, settings: () => settings.values, matching, relay, forward }));
  const arrivals = createArrivals();
  const capture = createCapture({
    clock,
    arrivals,
    verify: (claim) => verify(claim, secrets),
    append: outgoing.keepingForForward(append),
    publish: (summary) => events.publish("delivery.received", summary),
    answers,
    isTrusted: ({ rawHeaders, verification: { state } }) =>
      isTrustedSender({ rawHeaders, state }, tunnel.state.phase !== "idle"),
    keepAnswer: (id, answer) => fireAndForget(publishAnswer(id, answer), log, "answers.not_kept"),
    forward,
    onCaptured(summary) {
      if (
        summary.webhookId !== undefined &&
        summary.verification.cause === "unknown-webhook" &&
        api.client() !== null
      ) {
        recheck.lookUp(summary.webhookId);
      }
    },
  });
  const canary = createCanary();
  // From here on deliveries come in, before anything below is there: until `connection` is, nothing may be awaited.
  const listener = stack.use(
    await startListener({
      port: options.listenerPort,
      clock,
      log,
      answerCanary: ({ path, body }) => canary.answer({ path, body }),
      capture(arrival, status) {
        connection.noteArrival(arrival.rawHeaders);
        return capture(arrival, status);
      },
    }),
  );

  const leftWebhooks = async (): Promise<unknown> => JSON.parse((await store.readState("registration")) ?? "null");
  const gaps = stack.use(recordGaps({ clock, log, store, api, events, leftWebhooks }));
  const userAgent = `apivideo-inspector/${deps.versions.app}`;
  const tunnel = stack.use(
    createTunnel({
      clock,
      log,
      listenerPort: () => listener.port,
      provider: (choice, chosen) => createProvider(choice, { ...chosen, env: deps.env, loadNgrok: deps.loadNgrok }),
      probe: (publicUrl, way) => probePath({ canary, publicUrl, listenerUrl: listener.url, userAgent, ...way }),
      restartListener: listener.restart,
      onChange(state) {
        gaps.follow(state);
        connection.followTunnel(state);
      },
    }),
  );
  const registration = stack.use(
    createRegistration({
      log,
      installId,
      api: api.client,
      async keepSecret(webhookId, secret) {
        await secrets.keepWebhookSecret(webhookId, secret);
        // api.video may send before it has answered us.
        fireAndForget(recheck.learned(webhookId), log, "recheck.failed");
      },
      hasSecret: (webhookId) => secrets.of(webhookId).length > 0,
      onCreated({ webhookId, signatureSecret }) {
        if (signatureSecret !== null) options.onWebhookSecret?.(webhookId, signatureSecret);
      },
      remember: (leftover) => store.writeState("registration", JSON.stringify(leftover)),
      recall: leftWebhooks,
      onChange: (state) => events.publish("registration.changed", state),
      onReplacedGone: () => events.publish("webhooks.changed", {}),
    }),
  );
  const connection = createConnection({
    settings,
    api,
    tunnel,
    registration,
    events,
    log,
    listenerUrl: listener.url,
    subdomain: () => subdomain,
  });
  const removed: RemovedProfiles = new Map();
  const eraser = createEraser({
    ...{ store, secrets, settings, connection, registration, gaps, events, problems, log, leftWebhooks },
    isConnected: options.connect,
    removeElsewhere(left, ms) {
      const { profiles: saved, profile: activeId, values } = settings.view();
      // A key of the one in use was checked with what is in force, be it saved or not.
      const profiles = saved.map((profile) => (profile.id === activeId ? { ...profile, settings: values } : profile));
      return removeElsewhere(left, { api, profiles, keysOf: secrets.apiKeys, isOurs: registration.isOurs, log }, ms);
    },
    endRuns: outgoing.runs.cancelAll,
    async forget() {
      removed.clear();
      problems.forgetPast();
      recheck.forget();
      forwarding.follow();
      exports.forget();
      outgoing.faults.clear();
      hold.clear();
      await hold.forgetDeleted();
      subdomain = await rememberSubdomain();
      if (options.connect) await api.refresh();
    },
  });
  await eraser.start();

  const parts = { deps, options, secrets, settings, listener, tunnel, registration, api, forwarding, store, problems };
  const router = createRouter(
    allHandlers({
      ...parts,
      ...outgoing,
      ...{ connection, recheck, arrivals, eraser, removed, clock, events, log, installId },
      exporter: exports.exporter,
      ...{ versions: deps.versions, randomId: deps.randomId, dataDir: options.dataDir, listenerUrl: listener.url },
      launch: options.launch ?? [],
      report: (showHosts) => writeReport({ ...parts, seenHosts }, showHosts),
    }),
    log,
  );
  if (options.connect) {
    forwarding.start();
    await gaps.start();
    connection.start();
    // A tunnel that is not wanted any more has no change to tell of.
    gaps.follow(tunnel.state);
  }

  async function publishAnswer(id: string, answer: LateAnswer): Promise<void> {
    const summary = await store.setAnswer(id, answer);
    if (summary !== undefined) publishUpdate(summary);
  }

  const running = stack.move();
  return {
    router,
    events,
    dataDir: options.dataDir,
    listenerUrl: listener.url,
    publicUrl: () => tunnel.state.url,
    simulatorUrl: api.simulatorUrl,
    [Symbol.asyncDispose]: () =>
      endInOrder({ log, registration: options.connect ? registration : null, gaps, running }),
  };
}
