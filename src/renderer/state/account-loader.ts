import type { Client } from "#shared/contract/types.ts";
import { afterFailure } from "./after-failure.ts";
import type { AppStore } from "./store.ts";

/** Fetches what the Connection, Webhooks and Settings areas show besides the mirror. */
export interface AccountLoader {
  refreshWebhooks(): Promise<void>;
  refreshSecrets(): Promise<void>;
  refreshTransitions(): Promise<void>;
}

export function createAccountLoader({ client, store }: { client: Client; store: AppStore }): AccountLoader {
  let webhookLoads = 0;
  return {
    async refreshWebhooks() {
      webhookLoads += 1;
      const load = webhookLoads;
      if (store.getState().webhooks.kind !== "ready") store.setState({ webhooks: { kind: "loading" } });
      try {
        const value = await client.call("webhooks.list", {});
        if (load === webhookLoads) store.setState({ webhooks: { kind: "ready", value } });
      } catch (error) {
        if (load === webhookLoads) store.setState(({ webhooks }) => ({ webhooks: afterFailure(webhooks, error) }));
      }
    },
    async refreshSecrets() {
      if (store.getState().secrets.kind !== "ready") store.setState({ secrets: { kind: "loading" } });
      try {
        store.setState({ secrets: { kind: "ready", value: await client.call("secrets.status", {}) } });
      } catch (error) {
        store.setState(({ secrets }) => ({ secrets: afterFailure(secrets, error) }));
      }
    },
    async refreshTransitions() {
      try {
        const { transitions } = await client.call("tunnel.transitions", {});
        store.setState({ transitions: { kind: "ready", value: transitions } });
      } catch (error) {
        store.setState(({ transitions }) => ({ transitions: afterFailure(transitions, error) }));
      }
    },
  };
}
