import { expect, it } from "vitest";
import type { ApiAccess } from "#core/api-access.ts";
import { createConnection } from "#core/connection.ts";
import { createEventBus } from "#core/event-bus.ts";
import type { Registration, RegistrationWish } from "#core/registration/registration.ts";
import type { SettingsArea } from "#core/settings/settings.ts";
import type { Tunnel } from "#core/tunnel/tunnel.ts";
import { DEFAULT_SETTINGS, type Settings } from "#shared/domain/settings.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import { silentLog } from "../helpers/silent-log.ts";

const PUBLIC_URL = "https://one.example.com";
const OPEN: TunnelState = { provider: "localtunnel", phase: "open", url: PUBLIC_URL };
const LOST: TunnelState = { provider: "localtunnel", phase: "reconnecting", url: null };

/** A connection between links that only write down what is wished for. */
function startConnection() {
  const wishes: (RegistrationWish | null)[] = [];
  let values: Settings = { ...DEFAULT_SETTINGS, api: "sandbox", tunnel: "localtunnel" };
  let state = OPEN;
  const want = async (wish: RegistrationWish | null) => {
    wishes.push(wish);
    return { phase: "none" as const };
  };
  // Each stands in for as much of its link as a connection uses.
  const settings = {
    get values() {
      return values;
    },
  } as SettingsArea;
  const tunnel = {
    get state() {
      return state;
    },
    open: async () => state,
  } as Partial<Tunnel> as Tunnel;
  const registration = { want, retry: want, state: { phase: "none" } } as Partial<Registration> as Registration;
  let account = {};
  const api = { client: () => account, isLocal: () => false, state: () => ({}), refresh: async () => {} };
  const connection = createConnection({
    settings,
    api: api as unknown as ApiAccess,
    tunnel,
    registration,
    events: createEventBus(silentLog()),
    log: silentLog(),
    listenerUrl: "http://127.0.0.1:4747",
    subdomain: () => "name",
  });
  connection.start();
  return {
    connection,
    wishes,
    async change(change: Partial<Settings>) {
      values = { ...values, ...change };
      await connection.follow(change);
    },
    async switchProfile(change: Partial<Settings>, { isOtherAccount }: { isOtherAccount: boolean }) {
      values = { ...values, ...change };
      api.refresh = async () => {
        if (isOtherAccount) account = {};
      };
      await connection.followProfile(change);
    },
    tunnelBecomes(next: TunnelState) {
      state = next;
      connection.followTunnel(next);
    },
  };
}

const wishFor = (events: readonly string[]) => ({ publicUrl: PUBLIC_URL, events });

it("leaves the webhook where it is while the tunnel is on its way back to the same URL", () => {
  const { wishes, tunnelBecomes } = startConnection();

  tunnelBecomes(LOST);
  tunnelBecomes(OPEN);

  expect(wishes).toEqual([wishFor(DEFAULT_SETTINGS.events)]);
});

it.each([
  ["events", { events: ["video.caption.generated"] }, ["video.caption.generated"]],
  ["the way to give the key", { apiAuth: "bearer" }, DEFAULT_SETTINGS.events],
] as const)(
  "follows a change of %s that was made while the tunnel was lost, once it is back",
  async (_, made, events) => {
    const { wishes, change, tunnelBecomes } = startConnection();
    tunnelBecomes(LOST);

    await change("events" in made ? { events: [...made.events] } : made);
    expect(wishes).toHaveLength(1);
    tunnelBecomes(OPEN);

    expect(wishes).toEqual([wishFor(DEFAULT_SETTINGS.events), wishFor(events)]);
  },
);

it("gives up the webhook when the tunnel is closed", () => {
  const { wishes, tunnelBecomes } = startConnection();

  tunnelBecomes({ provider: "localtunnel", phase: "closed", url: null });

  expect(wishes.at(-1)).toBeNull();
});

it("takes the webhook from an account that a profile leaves at once, even if the next one's tunnel is yet to open", async () => {
  const { wishes, switchProfile, tunnelBecomes } = startConnection();
  tunnelBecomes(LOST);

  await switchProfile({ api: "production" }, { isOtherAccount: true });
  expect(wishes.slice(1)).toEqual([null]);
  tunnelBecomes(OPEN);

  expect(wishes.at(-1)).toEqual(wishFor(DEFAULT_SETTINGS.events));
});

it("leaves the webhook where it is while a profile of the same account waits for the tunnel", async () => {
  const { wishes, switchProfile, tunnelBecomes } = startConnection();
  tunnelBecomes(LOST);

  await switchProfile({ forwardTo: "http://localhost:3000" }, { isOtherAccount: false });

  expect(wishes).toHaveLength(1);
});
