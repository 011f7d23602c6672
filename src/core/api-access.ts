import type { ApiState } from "#shared/contract/snapshot.ts";
import type { Settings } from "#shared/domain/settings.ts";
import { isLoopbackHost } from "#shared/domain/tunnel.ts";
import { type ApiChoice, parseApiChoice } from "#shared/domain/webhook.ts";
import { AppError } from "#shared/errors.ts";
import { type ApiVideoClient, createApiVideoClient } from "./api-video/api-video-client.ts";
import type { EngineDeps } from "./deps.ts";
import type { KeyEnvironment, Secrets } from "./secrets/secrets.ts";
import type { SettingsArea } from "./settings/settings.ts";
import { type Simulator, startSimulator } from "./simulator/simulator.ts";

/** The key that the simulator takes; it stands in the documentation and protects nothing. */
export const SIMULATOR_KEY = "simulator";

export interface ApiAccessDeps {
  readonly engine: EngineDeps;
  readonly settings: SettingsArea;
  readonly secrets: Secrets;
  /** From APIVIDEO_API_KEY or stdin: counts for whichever environment is chosen. */
  readonly givenKey: string | undefined;
}

/** Which api.video we talk to and with which key; starts the simulator when it is first needed. */
export interface ApiAccess extends AsyncDisposable {
  state(): ApiState;
  /** The client of the chosen environment; null without a key. */
  client(): ApiVideoClient | null;
  /** The same, also before the first `refresh`; AppError `api.key_missing` without a key. */
  requireClient(): Promise<ApiVideoClient>;
  /** A client with a key that is not the one in use. `auth` counts for `custom`: without it, it is as in force. */
  clientFor(
    environment: KeyEnvironment,
    key: string,
    baseUrl: string | undefined,
    auth?: Settings["apiAuth"],
  ): ApiVideoClient;
  simulatorUrl(): string | null;
  /** True where api.video runs on this machine, and can so reach the listener without a tunnel. */
  isLocal(): boolean;
  /** To be called at the start and whenever the choice or a key changed. */
  refresh(): Promise<void>;
}

export function createApiAccess({ engine, settings, secrets, givenKey }: ApiAccessDeps): ApiAccess {
  let simulator: Simulator | null = null;
  let starting: Promise<Simulator> | null = null;
  let client: ApiVideoClient | null = null;
  /** What `client` was made for: an account stays the same object as long as nothing of this changes. */
  let madeFor = "";

  function choice(): ApiChoice {
    // The setting was validated with this very function.
    return parseApiChoice(settings.values.api) ?? { environment: "simulator" };
  }

  function baseUrl(): string {
    const chosen = choice();
    return chosen.environment === "simulator" ? (simulator?.url ?? "") : chosen.baseUrl;
  }

  function key(): string | undefined {
    const { environment } = choice();
    return environment === "simulator" ? SIMULATOR_KEY : (givenKey ?? secrets.apiKeys(settings.profileId)[environment]);
  }

  function build(
    environment: ApiChoice["environment"],
    url: string,
    apiKey: string,
    customAuth = settings.values.apiAuth,
  ): ApiVideoClient {
    const { clock, log } = engine;
    const auth = environment === "custom" ? customAuth : "basic";
    return createApiVideoClient({ clock, log, baseUrl: url, apiKey, auth, environment });
  }

  async function refresh(): Promise<void> {
    const { environment } = choice();
    if (environment === "simulator" && simulator === null) {
      const { clock, log, randomId } = engine;
      // Two who ask at the same time get the same one.
      starting ??= startSimulator({ port: 0, apiKey: SIMULATOR_KEY, clock, log, randomId });
      simulator = await starting;
    }
    const apiKey = key();
    const wanted = JSON.stringify([environment, baseUrl(), apiKey, settings.values.apiAuth]);
    if (wanted === madeFor) return;
    madeFor = wanted;
    client = apiKey === undefined ? null : build(environment, baseUrl(), apiKey);
  }

  return {
    state: () => ({ environment: choice().environment, baseUrl: baseUrl(), hasKey: key() !== undefined }),
    client: () => client,
    async requireClient() {
      await refresh();
      if (client !== null) return client;
      throw new AppError(
        "api.key_missing",
        `There is no API key for ${choice().environment}. Enter one in Settings, or set APIVIDEO_API_KEY.`,
      );
    },
    clientFor(environment, apiKey, url, auth) {
      const chosen = parseApiChoice(environment === "custom" ? (url ?? settings.values.api) : environment);
      if (chosen === null || chosen.environment === "simulator") {
        throw new AppError("input.invalid", "Choose the API's base URL first.", { details: { path: "baseUrl" } });
      }
      return build(environment, chosen.baseUrl, apiKey, auth);
    },
    simulatorUrl: () => simulator?.url ?? null,
    isLocal: () => isLoopbackHost(URL.parse(baseUrl())?.hostname ?? ""),
    refresh,
    async [Symbol.asyncDispose]() {
      await simulator?.[Symbol.asyncDispose]();
    },
  };
}
