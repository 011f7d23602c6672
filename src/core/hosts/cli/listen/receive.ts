import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import { fireAndForget } from "../../../lib/log.ts";
import { waitAtMost } from "../../../lib/wait-at-most.ts";
import { createInProcessClient } from "../../in-process-client.ts";
import { createLineLog } from "../../line-log.ts";
import type { FoundEngine } from "../../running-engine.ts";
import { showUi } from "../open-browser.ts";
import { type AppFlags, startApp } from "../start-app.ts";
import { isFound } from "./filter.ts";
import { followRunning } from "./follow-running.ts";
import type { Keyboard } from "./keys.ts";
import { followListenKeys } from "./listen-keys.ts";
import { createSecretTeller } from "./secret-teller.ts";
import { tellOfEngine } from "./tell-of-engine.ts";
import type { Told } from "./told.ts";

/** One `listen`, from its start to its end. */
export interface Session {
  /** The search that says what is shown; null for everything. */
  readonly filter: string | null;
  /** Null where nobody types. */
  readonly keyboard: Keyboard | null;
  readonly signal: Promise<unknown>;
  tell(told: Told): void;
  /** A line for a person, which is nothing of what is told. */
  note(line: string): void;
}

/** What is still being looked up when all else has ended. */
const SETTLE_MS = 500;

/** Runs the app until the signal or a key ends it; what comes until its end is told of as well. */
export async function receive(flags: AppFlags & { readonly printSecret?: boolean }, session: Session): Promise<"left"> {
  const { filter, keyboard, signal, tell, note } = session;
  // What is in it ends after the app.
  await using after = new AsyncDisposableStack();
  const secrets = createSecretTeller(tell);
  await using app = await startApp(flags, flags.printSecret === true ? { onWebhookSecret: secrets.keep } : {});
  const client = createInProcessClient(app.engine);
  tell(toReady(await client.call("app.snapshot", {}), { pid: process.pid, query: filter, isAttached: false }));
  note(keyboard === null ? "Press Ctrl+C to stop." : "Press ? for the keys.");
  const telling = after.use(
    tellOfEngine({
      events: app.engine.events,
      log: app.log,
      isWanted: filter === null ? null : (id) => isFound(client, filter, id),
      tell(told) {
        tell(told);
        if (flags.printSecret === true) secrets.follow(told);
      },
    }),
  );
  after.defer(() => waitAtMost(SETTLE_MS, telling.settled()).then(() => undefined));
  const quit = Promise.withResolvers<void>();
  const lastId = () => telling.lastId;
  using _keys =
    keyboard &&
    followListenKeys(keyboard, {
      ...{ client, log: app.log, lastId, quit: quit.resolve },
      openUi: () => showUi(app.control, app.log),
    });
  await Promise.race([signal, quit.promise]);
  return "left";
}

/** Follows the engine that runs already, until the signal or a key ends it; it goes on, or has ended by itself. */
export async function attach(running: FoundEngine, session: Session): Promise<"left" | "gone"> {
  const { filter, keyboard, tell, note } = session;
  const log = createLineLog((line) => void process.stderr.write(line));
  const leaving = new AbortController();
  const quit = () => leaving.abort();
  fireAndForget(session.signal.then(quit), log, "listen.not_left");
  using keys = new DisposableStack();
  return await followRunning({
    ...{ running, filter, log, tell },
    signal: leaving.signal,
    onReady(snapshot, telling) {
      tell(toReady(snapshot, { pid: running.record.pid, query: filter, isAttached: true }));
      note(`Press ${keyboard === null ? "Ctrl+C" : "q"} to leave; the inspector goes on.`);
      const lastId = () => telling.lastId;
      const openUi = () => showUi(running.record, log);
      if (keyboard !== null)
        keys.use(followListenKeys(keyboard, { client: running.client, log, lastId, openUi, quit }));
    },
  });
}

function toReady(
  { dataDir, listener, tunnel, api, forwarding, settings }: AppSnapshot,
  more: { readonly pid: number; readonly query: string | null; readonly isAttached: boolean },
): Told {
  return {
    kind: "ready",
    ...more,
    dataDir,
    listenerUrl: listener.url,
    publicUrl: tunnel.url,
    simulatorUrl: api.environment === "simulator" ? api.baseUrl : null,
    forwarding,
    answerMode: settings.values.answerMode,
  };
}
