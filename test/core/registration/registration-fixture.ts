import type { WebhookApi } from "#core/registration/account.ts";
import { createRegistration, type Registration, type RegistrationDeps } from "#core/registration/registration.ts";
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
  /** As if the process was killed: nothing that it does has an effect any more, and nothing it waits for comes. */
  kill(): void;
}

export function newLasting(account = "sandbox"): Lasting {
  return { account: fakeAccount(account), note: null, secrets: new Map() };
}

/** One run of the app; give it the `lasting` of another to be the run after that. */
export function registrationFixture(
  options: { lasting?: Lasting } & Pick<RegistrationDeps, "retryDelaysMs" | "removeTimeoutMs" | "lookEveryMs"> = {},
): RegistrationFixture {
  const { lasting = newLasting(), ...timing } = options;
  const states: RegistrationState[] = [];
  const journal: string[] = [];
  let api: WebhookApi | null = lasting.account;
  let isKilled = false;
  const mortals = new Map<WebhookApi, WebhookApi>();

  async function whileAlive<T>(work: () => Promise<T>): Promise<T> {
    const never = new Promise<never>(() => {});
    if (isKilled) return never;
    const result = await work().finally(() => (isKilled ? never : undefined));
    return isKilled ? never : result;
  }

  /** The same account for as long as this run lives. */
  function mortal(account: WebhookApi): WebhookApi {
    const known = mortals.get(account);
    if (known !== undefined) return known;
    const made: WebhookApi = {
      account: account.account,
      createWebhook: (...input) => whileAlive(() => account.createWebhook(...input)),
      deleteWebhook: (...input) => whileAlive(() => account.deleteWebhook(...input)),
      listWebhooks: (...input) => whileAlive(() => account.listWebhooks(...input)),
    };
    mortals.set(account, made);
    return made;
  }

  const registration = createRegistration({
    api: () => api && mortal(api),
    installId: INSTALL_ID,
    log: silentLog(),
    async keepSecret(webhookId, secret) {
      if (fixture.failKeeping !== undefined) throw fixture.failKeeping;
      await new Promise(setImmediate);
      await whileAlive(async () => lasting.secrets.set(webhookId, secret));
      journal.push(`kept ${secret}`);
    },
    hasSecret: (webhookId) => lasting.secrets.has(webhookId),
    async remember(leftovers) {
      await whileAlive(async () => {
        lasting.note = JSON.stringify(leftovers);
      });
    },
    recall: async () => JSON.parse(lasting.note ?? "null"),
    onChange(state) {
      states.push(state);
      journal.push(state.phase);
    },
    ...timing,
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
    kill() {
      isKilled = true;
    },
    [Symbol.asyncDispose]: () => registration[Symbol.asyncDispose](),
  };
  return fixture;
}
