import type { WebhookApi } from "#core/registration/own-webhooks.ts";
import { createRegistration, type Registration } from "#core/registration/registration.ts";
import type { RegistrationState } from "#shared/domain/webhook.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { type FakeAccount, fakeAccount } from "./fake-account.ts";

export const INSTALL_ID = "0z8k2m4q6s";
export const WISH = { publicUrl: "https://one.example.com", events: ["a", "b"] };
export const URL_ONE = `https://one.example.com/wi-${INSTALL_ID}`;
export const URL_TWO = `https://two.example.com/wi-${INSTALL_ID}`;

/** What outlives a run: the account, the note on disk and the secrets. */
export interface Lasting {
  readonly account: FakeAccount;
  note: string | null;
  readonly secrets: Map<string, string>;
}

export interface RegistrationFixture extends AsyncDisposable {
  readonly registration: Registration;
  readonly account: FakeAccount;
  readonly lasting: Lasting;
  readonly states: readonly RegistrationState[];
  /** States and what is done to secrets and note, in the order in which they came. */
  readonly journal: readonly string[];
  /** The account in use from now on. */
  use(api: WebhookApi | null): void;
  failKeeping: unknown;
}

/** One run of the app; give it the `lasting` of another to be the run after that. */
export function registrationFixture(
  options: { lasting?: Lasting; retryDelaysMs?: number[]; removeTimeoutMs?: number } = {},
): RegistrationFixture {
  const lasting = options.lasting ?? { account: fakeAccount(), note: null, secrets: new Map() };
  const states: RegistrationState[] = [];
  const journal: string[] = [];
  let api: WebhookApi | null = lasting.account;
  const registration = createRegistration({
    api: () => api,
    installId: INSTALL_ID,
    log: silentLog(),
    async keepSecret(webhookId, secret) {
      if (fixture.failKeeping !== undefined) throw fixture.failKeeping;
      await new Promise(setImmediate);
      lasting.secrets.set(webhookId, secret);
      journal.push(`kept ${secret}`);
    },
    hasSecret: (webhookId) => lasting.secrets.has(webhookId),
    async remember(leftovers) {
      lasting.note = JSON.stringify(leftovers);
    },
    recall: async () => JSON.parse(lasting.note ?? "null"),
    onChange(state) {
      states.push(state);
      journal.push(state.phase);
    },
    ...(options.retryDelaysMs && { retryDelaysMs: options.retryDelaysMs }),
    ...(options.removeTimeoutMs !== undefined && { removeTimeoutMs: options.removeTimeoutMs }),
  });
  const fixture: RegistrationFixture = {
    registration,
    account: lasting.account,
    lasting,
    states,
    journal,
    use(next) {
      api = next;
    },
    failKeeping: undefined,
    [Symbol.asyncDispose]: () => registration[Symbol.asyncDispose](),
  };
  return fixture;
}
