import * as z from "zod";
import { Gap } from "#shared/domain/gap.ts";
import { Reconciliation } from "#shared/domain/missed-event.ts";
import { TunnelState, TunnelTransition } from "#shared/domain/tunnel.ts";
import { RegistrationState, Webhook } from "#shared/domain/webhook.ts";
import { command, Done, NoInput } from "./command.ts";

/** The way from api.video to the listener: the tunnel, when it was down, and the webhooks of the account. */
export const pathCommands = {
  "tunnel.open": command({
    summary: "Open the chosen tunnel, or open it again",
    input: NoInput,
    output: TunnelState,
    effect: "write",
  }),
  "tunnel.close": command({ summary: "Close the tunnel", input: NoInput, output: TunnelState, effect: "write" }),
  "tunnel.prove": command({
    summary: "Send a request of our own through the public URL now, and see whether it comes back",
    input: NoInput,
    output: TunnelState,
    effect: "write",
  }),
  "tunnel.transitions": command({
    summary: "What happened to the tunnel so far, oldest first",
    input: NoInput,
    output: z.object({ transitions: z.array(TunnelTransition) }),
    effect: "read",
  }),
  "gaps.list": command({
    summary: "The times during which the path to the public URL was down, newest first",
    input: NoInput,
    output: z.object({ gaps: z.array(Gap), seq: z.int() }),
    effect: "read",
  }),
  "webhooks.list": command({
    summary: "All webhooks of the api.video account; ours, and those of other installations of this app, are marked",
    input: NoInput,
    output: z.object({ webhooks: z.array(Webhook), limit: z.int() }),
    effect: "read",
  }),
  "webhooks.register": command({
    summary: "Register our public URL, or create a webhook for the URL given, which is then the user's own to remove",
    input: z.object({ url: z.string().max(2000).optional(), events: z.array(z.string().max(200)).min(1).optional() }),
    output: Webhook,
    effect: "write",
  }),
  "webhooks.remove": command({
    summary: "Delete a webhook from the account",
    input: z.object({ webhookId: z.string().min(1).max(200) }),
    output: Done,
    effect: "write",
  }),
  "webhooks.reconcile": command({
    summary: "Ask api.video which events should have come during a time, by default the newest gap, and did not",
    /** ISO 8601. Without `to`, until now. */
    input: z.object({ from: z.string().max(40).optional(), to: z.string().max(40).optional() }),
    output: Reconciliation,
    effect: "read",
  }),
  "webhooks.cancelReconcile": command({
    summary: "Stop the reconciliation under way, which then answers with what it has found so far",
    input: NoInput,
    output: Done,
    effect: "read",
  }),
  "webhooks.prune": command({
    summary:
      "Remove webhooks of this app that are left over: of this installation, or those named; never anyone else's",
    input: z.object({
      /** Exactly these, which must be of this app and not in use here. */
      webhookIds: z.array(z.string().min(1).max(200)).min(1).max(100).optional(),
      /** Those of other installations as well, whether in use or not: that cannot be told from here. */
      othersToo: z.boolean().default(false),
    }),
    output: z.object({ removed: z.array(z.string()), kept: z.array(z.string()) }),
    effect: "write",
  }),
  "registration.retry": command({
    summary: "Try again to register the public URL at api.video",
    input: NoInput,
    output: RegistrationState,
    effect: "write",
  }),
} as const;
