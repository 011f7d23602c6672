import * as z from "zod";
import { AppSnapshot } from "#shared/contract/snapshot.ts";
import type { CommandOutput } from "#shared/contract/types.ts";
import { toChain } from "#shared/domain/chain.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { TargetHealth } from "#shared/domain/target-health.ts";
import { defineTool } from "../tool.ts";
import { seenLine } from "../untrusted.ts";

type Snapshot = CommandOutput<"app.snapshot">;

/** A place that replay_delivery can send to. */
const ConfiguredTarget = z.object({
  /** Null for the default one. */
  name: z.string().nullable(),
  /** Without its query, where some have a token. */
  url: z.string(),
  state: TargetHealth.shape.state.optional(),
});

export const getStatus = defineTool({
  name: "get_status",
  title: "Say what the inspector is at",
  description:
    "Whether an inspector runs, where api.video and the developer's server are reached, which targets can be replayed to, and how many deliveries are kept. Use it first, and when nothing arrives.",
  uses: ["app.snapshot"],
  needs: "history",
  hasCaptured: true,
  input: z.strictObject({}),
  facts: z.object({
    isRunning: z.boolean(),
    api: AppSnapshot.shape.api.shape.environment,
    listenerUrl: z.string(),
    publicUrl: z.string().nullable(),
    links: z.array(z.object({ id: z.string(), state: z.enum(["ok", "waiting", "warn", "bad", "off"]) })),
    targets: z.array(ConfiguredTarget),
    counts: AppSnapshot.shape.counts,
  }),
  async run(_input, { call, isRunning }) {
    const snapshot = await call("app.snapshot", {});
    const { api, listener, tunnel, counts, problems } = snapshot;
    const links = toChain(snapshot);
    return {
      facts: {
        isRunning,
        api: api.environment,
        listenerUrl: listener.url,
        publicUrl: tunnel.url === null ? null : (URL.parse(tunnel.url)?.origin ?? null),
        links: links.map(({ id, state }) => ({ id, state })),
        targets: targetsOf(snapshot),
        counts,
      },
      // Faults repeat what relays, programs and servers said.
      captured: [
        ...links.map(({ title, message, advice }) => seenLine(`${title}: ${message} ${advice ?? ""}`)),
        ...problems.map(({ title, message }) => seenLine(`${title}. ${message}`)),
      ],
    };
  },
});

function targetsOf({ settings: { values }, targets: health }: Snapshot): z.infer<typeof ConfiguredTarget>[] {
  const { forwardTo, targets } = values;
  const all = [...(forwardTo === null ? [] : [{ name: null, url: forwardTo }]), ...targets];
  return all.map(({ name, url }) => ({
    name,
    url: withoutQuery(url),
    state: health.find((target) => target.url === url)?.state,
  }));
}

function withoutQuery(target: string): string {
  const url = parseTarget(target);
  return url === null ? "" : url.origin + url.pathname;
}
