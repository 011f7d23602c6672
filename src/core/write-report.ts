import type { ApiAccess } from "./api-access.ts";
import type { EngineDeps } from "./deps.ts";
import { createRedactor } from "./diagnostics/redact.ts";
import { type ReportSection, toReportText, toSettingWords } from "./diagnostics/report.ts";
import type { SeenHosts } from "./diagnostics/seen-hosts.ts";
import type { EngineOptions } from "./engine-options.ts";
import type { ForwardingArea } from "./forwarding.ts";
import type { Problems } from "./problems.ts";
import type { Registration } from "./registration/registration.ts";
import type { Secrets } from "./secrets/secrets.ts";
import type { SettingsArea } from "./settings/settings.ts";
import type { Store } from "./store/store.ts";
import type { Tunnel } from "./tunnel/tunnel.ts";

export interface ReportDeps {
  readonly deps: EngineDeps;
  readonly options: EngineOptions;
  readonly secrets: Secrets;
  readonly settings: SettingsArea;
  readonly listener: { readonly url: string };
  readonly tunnel: Pick<Tunnel, "state" | "transitions">;
  readonly registration: Pick<Registration, "state">;
  readonly api: Pick<ApiAccess, "state">;
  readonly forwarding: ForwardingArea;
  readonly store: Store;
  readonly problems: Problems;
  readonly seenHosts: SeenHosts;
}

/** What is seldom more than a day's worth, and enough to see a pattern. */
const MAX_TRANSITIONS = 40;
const MAX_GAPS = 10;

/** What one needs to know to help somebody, in a text that they can show to anybody. */
export async function writeReport(from: ReportDeps, showHosts: boolean): Promise<string> {
  const [facts, holdings, gaps] = await Promise.all([from.store.facts(), from.store.holdings(), from.store.gaps()]);
  const sections: ReportSection[] = [
    appSection(from),
    {
      title: "Decided at the start",
      lines: (from.options.launch ?? []).map((o) => [o.id, `${o.value} (${o.source})`]),
    },
    settingsSection(from),
    ...pathSections(from),
    { title: "Kept", lines: [...Object.entries(holdings), ["unpinned limit", from.settings.values.maxDeliveries]] },
    { title: "Verified", lines: Object.entries(from.store.counts) },
    { title: "Database", lines: Object.entries(facts) },
    secretsSection(from),
    {
      title: "Gaps, newest first",
      lines: gaps.slice(0, MAX_GAPS).map((gap) => [gap.from, `${gap.cause}, until ${gap.to ?? "now"}`]),
    },
    { title: "Problems now", lines: from.problems.list().map(({ title, message }) => [title, message]) },
    {
      title: "Problems of this run",
      lines: from.problems.past().map(({ at, problem }) => [at, `${problem.title}: ${problem.message}`]),
    },
  ];
  return toReportText(sections, redactorFor(from, showHosts));
}

function appSection({ deps, options }: ReportDeps): ReportSection {
  const { app, node, electron } = deps.versions;
  return {
    title: "api.video Webhook Inspector",
    lines: [
      ["version", app],
      ["Node", node],
      ["Electron", electron],
      ["platform", deps.platform],
      ["data folder", options.dataDir],
      ["written at", new Date(deps.clock.now()).toISOString()],
    ],
  };
}

function settingsSection({ settings }: ReportDeps): ReportSection {
  const { values, sources, profiles } = settings.view();
  return {
    title: "Settings",
    lines: [
      ...Object.entries(values).map(
        ([name, value]) => [name, `${toSettingWords(name, value)} (${sources[name]})`] as const,
      ),
      ["profiles", profiles.length],
    ],
  };
}

function pathSections({ listener, tunnel, registration, api, forwarding }: ReportDeps): ReportSection[] {
  const { provider, phase, url, fault, proof, lostSince, retryAt } = tunnel.state;
  const { environment, hasKey } = api.state();
  const { phase: registered, fault: refusal } = registration.state;
  const { target, trouble } = forwarding.current();
  return [
    {
      title: "The way of a webhook",
      lines: [
        ["listener", listener.url],
        ["tunnel", `${provider}, ${phase}`],
        ["public URL", url],
        ["tunnel's fault", fault && `${fault.kind}: ${fault.message}`],
        ["last proof", proof?.at],
        ["lost since", lostSince],
        ["next try", retryAt],
        ["api.video", `${environment}, ${hasKey ? "with" : "without"} a key`],
        ["registration", registered],
        ["its fault", refusal && `${refusal.code}: ${refusal.message}`],
        ["forwarded to", target],
        ["forwarding's trouble", trouble],
      ],
    },
    {
      title: "What happened to the tunnel",
      lines: tunnel
        .transitions()
        .slice(-MAX_TRANSITIONS)
        .map(({ at, phase: then, message }) => [at, `${then}: ${message}`]),
    },
  ];
}

function secretsSection({ secrets }: ReportDeps): ReportSection {
  return {
    title: "Secrets",
    lines: [
      ["kept in", secrets.place],
      ["can be read", secrets.unavailable === undefined],
      ["API keys", secrets.keyedProfiles().flatMap(({ apiKeys }) => apiKeys).length],
      ["signing secrets", secrets.webhookIds().length],
      ["APIVIDEO_WEBHOOK_SECRET", secrets.environment === undefined ? "not given" : "given"],
    ],
  };
}

function redactorFor({ deps, options, secrets, settings, seenHosts }: ReportDeps, showHosts: boolean) {
  const { env } = deps;
  const { profiles } = settings.view();
  const given = (...names: string[]) => names.flatMap((name) => env[name] ?? []);
  return createRedactor({
    secrets: [
      ...profiles.flatMap(({ id }) => Object.values(secrets.apiKeys(id))),
      ...secrets.all().map(({ secret }) => secret),
      ...[secrets.environment ?? "", options.apiKey ?? ""],
      ...given("NGROK_AUTHTOKEN", "TUNNEL_TOKEN"),
    ],
    homes: given("HOME", "USERPROFILE"),
    userNames: given("USER", "USERNAME", "LOGNAME"),
    hosts: seenHosts.list(),
    showHosts,
  });
}
