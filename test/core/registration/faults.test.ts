import { describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import { newLasting, registrationFixture, URL_ONE, URL_TWO, WISH } from "./registration-fixture.ts";

const WISH_TWO = { ...WISH, publicUrl: "https://two.example.com" };
const unavailable = () => new AppError("api.unavailable", "api.video does not answer.", { retryable: true });
const garbage = () => new AppError("api.unexpected_response", "This is not api.video.");
const slowDown = (retryAfterSeconds: number) =>
  new AppError("api.rate_limited", "Slow down.", { retryable: true, details: { retryAfterSeconds } });

describe("while api.video does not work", () => {
  it.each([
    ["cannot be reached", unavailable()],
    ["answers with somebody else's page", garbage()],
  ])("is registered by itself once it does again, when it %s", async (_, error) => {
    await using fixture = registrationFixture({ retryDelaysMs: [1] });
    const { registration, account } = fixture;
    for (const call of ["list", "create", "create"] as const) account.failNext(call, error);

    expect(await registration.want(WISH)).toMatchObject({ phase: "failed", fault: { code: error.code } });

    await vi.waitFor(() => expect(registration.state).toMatchObject({ phase: "registered", url: URL_ONE }));
    expect(account.webhooks).toHaveLength(1);
  });

  it("removes the webhook it knows of at the end, although the account cannot be looked at for another", async () => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    await registration.want(WISH);
    account.failNext("create", unavailable());
    await registration.want(WISH_TWO);
    account.failNext("list", unavailable());

    expect(await registration.remove()).toMatchObject({ phase: "failed", fault: { code: "api.unavailable" } });

    expect(account.webhooks).toEqual([]);
  });

  it("waits as long as api.video asks, also with newer wishes, and then reaches the newest", async () => {
    await using fixture = registrationFixture({ retryDelaysMs: [1] });
    const { registration, account } = fixture;
    account.failNext("create", slowDown(0.3));
    await registration.want(WISH);
    const calls = account.calls.length;

    expect(await registration.want(WISH_TWO)).toMatchObject({ phase: "failed", fault: { code: "api.rate_limited" } });
    expect(account.calls).toHaveLength(calls);

    await vi.waitFor(() => expect(registration.state).toMatchObject({ phase: "registered", url: URL_TWO }));
  });

  it("does not let a user wait who asks to try again", async () => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    account.failNext("create", slowDown(60));
    await registration.want(WISH);

    expect(await registration.retry(WISH)).toMatchObject({ phase: "registered" });
  });

  it("removes by itself what was replaced and could not be removed then", async () => {
    await using fixture = registrationFixture({ retryDelaysMs: [1] });
    const { registration, account } = fixture;
    await registration.want(WISH);
    account.failNext("delete", unavailable());

    expect(await registration.want(WISH_TWO)).toMatchObject({ phase: "registered", url: URL_TWO });

    await vi.waitFor(() => expect(account.webhooks.map(({ url }) => url)).toEqual([URL_TWO]));
    expect(registration.state.phase).toBe("registered");
  });

  it("leaves nothing where the answer to a creation was lost and the app then ends", async () => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    account.failNext("create", unavailable(), "after");
    await registration.want(WISH);
    expect(account.webhooks).toHaveLength(1);

    await registration.remove();

    expect(account.webhooks).toEqual([]);
  });

  it("finds what was being created when the app was killed, also where no URL is wished for any more", async () => {
    const lasting = newLasting();
    const killed = registrationFixture({ lasting });
    lasting.account.hold("create");
    void killed.registration.want(WISH);
    await vi.waitFor(() => expect(lasting.account.calls).toContain(`create ${URL_ONE}`));
    lasting.account.add({ url: URL_ONE });
    await using fixture = registrationFixture({ lasting });

    expect(await fixture.registration.want(null)).toEqual({ phase: "none" });

    expect(lasting.account.webhooks).toEqual([]);
    expect(lasting.note).toBe("[]");
    await killed[Symbol.asyncDispose]();
  });

  it("registers with a server that can create and delete, but not list", async () => {
    const lasting = newLasting();
    const listing = () => lasting.account.failNext("list", new AppError("api.not_found", "No such path."));
    listing();
    await registrationFixture({ lasting }).registration.want(WISH);
    listing();
    await using fixture = registrationFixture({ lasting });

    expect(await fixture.registration.want(WISH)).toMatchObject({ phase: "registered", webhookId: "webhook_2" });

    expect(lasting.account.webhooks).toMatchObject([{ webhookId: "webhook_2" }]);
  });
});

describe("an API key that is revoked", () => {
  it("is said in words while the webhook stands, and is no fault any more with the new key", async () => {
    await using fixture = registrationFixture({ lookEveryMs: 5 });
    const { registration, account, use } = fixture;
    await registration.want(WISH);

    const newKey = account.rotateKey();

    await vi.waitFor(() =>
      expect(registration.state).toMatchObject({ phase: "registered", fault: { code: "api.unauthorized" } }),
    );
    use(newKey);
    expect(await registration.want(WISH)).toEqual({
      phase: "registered",
      webhookId: "webhook_1",
      url: URL_ONE,
      events: WISH.events,
    });
    expect(account.calls.filter((call) => call.startsWith("create"))).toHaveLength(1);
  });

  it("is a failure where the URL changes; the new key moves the webhook and leaves nothing", async () => {
    await using fixture = registrationFixture();
    const { registration, account, use } = fixture;
    await registration.want(WISH);
    const newKey = account.rotateKey();

    expect(await registration.want(WISH_TWO)).toMatchObject({ phase: "failed", fault: { code: "api.unauthorized" } });
    use(newKey);
    await registration.want(WISH_TWO);
    expect(account.calls.slice(-2)).toEqual([`create ${URL_TWO}`, "delete webhook_1"]);

    expect(await registration.want(null)).toEqual({ phase: "none" });
    expect(account.webhooks).toEqual([]);
  });

  it("leaves the webhook to the day on which its account is used again", async () => {
    await using fixture = registrationFixture();
    const { registration, account, lasting, use } = fixture;
    await registration.want(WISH);
    const newKey = account.rotateKey();
    const { account: other } = newLasting("production");
    use(other);

    expect(await registration.want(WISH)).toMatchObject({ phase: "registered" });
    expect(await registration.want(null)).toEqual({ phase: "none" });
    expect(JSON.parse(lasting.note ?? "")).toEqual([{ account: "sandbox", webhookId: "webhook_1", url: URL_ONE }]);

    use(newKey);
    await registration.want(null);
    expect([account.webhooks, lasting.note]).toEqual([[], "[]"]);
  });
});

it("makes another webhook when somebody deleted ours", async () => {
  await using fixture = registrationFixture({ lookEveryMs: 5 });
  const { registration, account } = fixture;
  await registration.want(WISH);

  account.drop("webhook_1");

  await vi.waitFor(() => expect(registration.state.webhookId).toBe("webhook_2"));
  expect(account.webhooks).toHaveLength(1);
});
