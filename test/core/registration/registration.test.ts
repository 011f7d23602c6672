import { describe, expect, it, vi } from "vitest";
import { AppError } from "#shared/errors.ts";
import { fakeAccount } from "./fake-account.ts";
import { INSTALL_ID, registrationFixture, URL_ONE, URL_TWO, WISH } from "./registration-fixture.ts";

const WISH_TWO = { ...WISH, publicUrl: "https://two.example.com/" };
const unavailable = () => new AppError("api.unavailable", "api.video does not answer.", { retryable: true });

describe("the registration of the public URL", () => {
  it("creates a webhook that carries the install id, and keeps its secret before it says so", async () => {
    await using fixture = registrationFixture();
    const { registration, account, journal } = fixture;

    const state = await registration.want(WISH);

    expect(state).toEqual({ phase: "registered", webhookId: "webhook_1", url: URL_ONE, events: ["a", "b"] });
    expect(account.webhooks).toMatchObject([{ url: URL_ONE, events: ["a", "b"] }]);
    expect(journal).toEqual(["registering", "kept sig_sec_1", "registered"]);
    expect(registration.isCurrent("webhook_1")).toBe(true);
  });

  it("does nothing when it is wished for again", async () => {
    await using fixture = registrationFixture();
    await fixture.registration.want(WISH);
    const calls = fixture.account.calls.length;

    await fixture.registration.want({ ...WISH, events: ["b", "a"] });

    expect(fixture.account.calls).toHaveLength(calls);
  });

  it.each([
    ["URL", WISH_TWO, URL_TWO],
    ["events", { ...WISH, events: ["c"] }, URL_ONE],
  ])("creates the new one before it deletes the old when the %s changes", async (_what, next, url) => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    await registration.want(WISH);

    const state = await registration.want(next);

    expect(state).toMatchObject({ phase: "registered", webhookId: "webhook_2", url });
    expect(account.calls.slice(-2)).toEqual([`create ${url}`, "delete webhook_1"]);
    expect(registration.isCurrent("webhook_1")).toBe(false);
  });

  it("removes it when nothing is wished for any more", async () => {
    await using fixture = registrationFixture();
    const { registration, account, states, lasting } = fixture;
    await registration.want(WISH);

    expect(await registration.want(null)).toEqual({ phase: "none" });

    expect(account.webhooks).toEqual([]);
    expect(states.at(-2)).toEqual({ phase: "removing", webhookId: "webhook_1", url: URL_ONE });
    expect(lasting.note).toBe("[]");
  });

  it("moves to another account, and removes the webhook from the one before", async () => {
    await using fixture = registrationFixture();
    const { registration, account, use } = fixture;
    await registration.want(WISH);
    const other = fakeAccount();
    use(other);

    expect(await registration.want(WISH)).toMatchObject({ phase: "registered" });

    expect(other.webhooks).toMatchObject([{ url: URL_ONE }]);
    expect(account.webhooks).toEqual([]);
  });

  it("knows its own URLs from others", async () => {
    await using fixture = registrationFixture();

    const { isOurs } = fixture.registration;

    expect([URL_ONE, URL_TWO, `https://x.example/hooks/wi-${INSTALL_ID}`].map(isOurs)).toEqual([true, true, true]);
    expect(
      ["https://one.example.com", "https://one.example.com/wi-other", `https://x.example/?${URL_ONE}`, "no"].map(
        isOurs,
      ),
    ).toEqual([false, false, false, false]);
  });
});

describe("wishes that come faster than api.video answers", () => {
  it("come down to the newest one", async () => {
    await using fixture = registrationFixture();
    const { registration, account, states } = fixture;
    const answer = account.hold("list");

    const wishes = ["https://a.example", "https://b.example", WISH_TWO.publicUrl].map((publicUrl) =>
      registration.want({ ...WISH, publicUrl }),
    );
    answer();
    const results = await Promise.all(wishes);

    expect(results.map(({ url }) => url)).toEqual([URL_TWO, URL_TWO, URL_TWO]);
    expect(account.calls.filter((call) => call.startsWith("create"))).toEqual([`create ${URL_TWO}`]);
    expect(states.filter(({ phase }) => phase === "registered")).toHaveLength(1);
  });

  it("leave nothing behind when the webhook of an older one was already being created", async () => {
    await using fixture = registrationFixture();
    const { registration, account, states } = fixture;
    const answer = account.hold("create");
    const older = registration.want(WISH);
    await vi.waitFor(() => expect(account.calls).toContain(`create ${URL_ONE}`));

    const newer = registration.want(null);
    answer();
    await Promise.all([older, newer]);

    expect(registration.state).toEqual({ phase: "none" });
    expect(account.webhooks).toEqual([]);
    expect(states.map(({ phase }) => phase)).not.toContain("registered");
  });

  it("are settled only when the last one is reached", async () => {
    await using fixture = registrationFixture();
    const { registration } = fixture;
    void registration.want(WISH);
    void registration.want(WISH_TWO);

    await registration.settled();

    expect(registration.state).toMatchObject({ phase: "registered", url: URL_TWO });
  });
});

describe("a registration that fails", () => {
  it("passes on what is wrong and what to do, and does not try again by itself where that cannot help", async () => {
    await using fixture = registrationFixture({ retryDelaysMs: [1] });
    const { registration, account } = fixture;
    for (let i = 0; i < 10; i++) account.add({ url: `https://other.example/${i}` });

    const state = await registration.want(WISH);

    expect(state).toEqual({
      phase: "failed",
      url: URL_ONE,
      events: ["a", "b"],
      fault: { code: "registration.limit", message: "This account already has ten." },
    });
    expect(account.webhooks).toHaveLength(10);
  });

  it("asks for the key where there is none", async () => {
    await using fixture = registrationFixture();
    fixture.use(null);

    const state = await fixture.registration.want(WISH);

    expect(state).toMatchObject({ phase: "failed", fault: { code: "api.key_missing" } });
  });

  it("tries again by itself after errors that may pass", async () => {
    await using fixture = registrationFixture({ retryDelaysMs: [1, 2] });
    const { registration, account } = fixture;
    account.failNext("list", unavailable());
    account.failNext("create", unavailable());

    expect(await registration.want(WISH)).toMatchObject({ phase: "failed", fault: { code: "api.unavailable" } });

    await vi.waitFor(() => expect(registration.state.phase).toBe("registered"));
  });

  it("tries again at once when it is told to", async () => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    account.failNext("create", new AppError("api.unauthorized", "The key is wrong."));
    await registration.want(WISH);

    expect(await registration.retry(WISH)).toMatchObject({ phase: "registered" });
  });

  it("takes over the webhook of a creation whose answer was lost", async () => {
    await using fixture = registrationFixture();
    const { registration, account, lasting } = fixture;
    account.failNext("create", unavailable(), "after");
    await registration.want(WISH);

    const state = await registration.retry(WISH);

    expect(state).toMatchObject({ phase: "registered", webhookId: "webhook_1" });
    expect(account.webhooks).toHaveLength(1);
    expect(lasting.secrets.get("webhook_1")).toBe("sig_sec_1");
  });

  it("is not registered while the secret cannot be kept, and still removes the webhook at the end", async () => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    fixture.failKeeping = new AppError("secrets.unavailable", "The keychain is locked.");

    expect(await registration.want(WISH)).toMatchObject({ phase: "failed", fault: { code: "secrets.unavailable" } });

    await registration.remove();
    expect(account.webhooks).toEqual([]);
  });

  it("makes room by removing its own old webhook first when the account is full", async () => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    for (let i = 0; i < 9; i++) account.add({ url: `https://other.example/${i}` });
    await registration.want(WISH);

    const state = await registration.want(WISH_TWO);

    expect(state).toMatchObject({ phase: "registered", url: URL_TWO });
    expect(account.webhooks).toHaveLength(10);
  });

  it("says that a webhook could not be removed, and removes it when that goes again", async () => {
    await using fixture = registrationFixture({ retryDelaysMs: [1] });
    const { registration, account } = fixture;
    await registration.want(WISH);
    account.failNext("delete", unavailable());

    expect(await registration.want(null)).toMatchObject({ phase: "failed", fault: { code: "api.unavailable" } });

    await vi.waitFor(() => expect(registration.state).toEqual({ phase: "none" }));
    expect(account.webhooks).toEqual([]);
  });
});
