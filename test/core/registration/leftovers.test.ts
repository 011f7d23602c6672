import { describe, expect, it } from "vitest";
import { AppError } from "#shared/errors.ts";
import { INSTALL_ID, type Lasting, registrationFixture, URL_ONE, URL_TWO, WISH } from "./registration-fixture.ts";

/** A run that registered and was killed: no removal, no disposal. */
async function killedRun(): Promise<Lasting> {
  const { registration, lasting } = registrationFixture();
  await registration.want(WISH);
  return lasting;
}

describe("after the app was killed", () => {
  it("takes the same webhook up again when URL and events are the same", async () => {
    const lasting = await killedRun();
    await using fixture = registrationFixture({ lasting });

    const state = await fixture.registration.want(WISH);

    expect(state).toMatchObject({ phase: "registered", webhookId: "webhook_1" });
    expect(fixture.account.calls.slice(-1)).toEqual(["list"]);
  });

  it("removes the old one before it creates another for a new URL", async () => {
    const lasting = await killedRun();
    await using fixture = registrationFixture({ lasting });

    await fixture.registration.want({ ...WISH, publicUrl: "https://two.example.com" });

    expect(fixture.account.calls.slice(-3)).toEqual(["list", "delete webhook_1", `create ${URL_TWO}`]);
  });

  it("creates another one when the secret of the old cannot be had", async () => {
    await using fixture = registrationFixture();
    fixture.account.add({ url: URL_ONE, events: WISH.events, signatureSecret: null });

    const state = await fixture.registration.want(WISH);

    expect(state).toMatchObject({ phase: "registered", webhookId: "webhook_2" });
    expect(fixture.account.webhooks).toHaveLength(1);
  });

  it("removes the old one by its note when no URL is wished for", async () => {
    const lasting = await killedRun();
    await using fixture = registrationFixture({ lasting });

    expect(await fixture.registration.want(null)).toEqual({ phase: "none" });

    expect(fixture.account.webhooks).toEqual([]);
    expect(fixture.account.calls.slice(-1)).toEqual(["delete webhook_1"]);
  });

  it("notes a webhook that is taken up again after all was forgotten and the note is gone", async () => {
    const { registration, lasting } = registrationFixture();
    await registration.want(WISH);
    await registration.forget();
    // As erasing everything does.
    lasting.note = null;

    await registration.want(WISH);

    expect(JSON.parse(lasting.note ?? "[]")).toMatchObject([{ url: URL_ONE }]);
  });

  it("finds what was created but not noted, by the URL", async () => {
    const lasting = await killedRun();
    lasting.note = null;
    lasting.account.add({ url: `https://older.example.com/wi-${INSTALL_ID}` });
    await using fixture = registrationFixture({ lasting });

    await fixture.registration.want({ ...WISH, publicUrl: "https://two.example.com" });

    expect(fixture.account.webhooks.map(({ url }) => url)).toEqual([URL_TWO]);
  });

  it("does not mind that it is gone already", async () => {
    const lasting = await killedRun();
    await lasting.account.deleteWebhook("webhook_1");
    await using fixture = registrationFixture({ lasting });

    expect(await fixture.registration.want(null)).toEqual({ phase: "none" });
    expect(lasting.note).toBe("[]");
  });

  it("never touches a webhook of anybody else, even where the note names one", async () => {
    await using fixture = registrationFixture();
    const { account, lasting, registration } = fixture;
    const foreign = account.add({ url: "https://production.example.com/hooks" });
    account.add({ url: "https://one.example.com/wi-somebodyelse" });
    lasting.note = JSON.stringify([{ account: "sandbox", webhookId: foreign.webhookId, url: foreign.url }]);

    await registration.want(WISH);
    await registration.want(null);

    expect(account.webhooks).toHaveLength(2);
  });

  it.each(["null", "{}", '"x"', '[{"webhookId":7}]', '{"webhookId":"webhook_1","url":"x"}'])(
    "starts as usual with the note %s",
    async (note) => {
      await using fixture = registrationFixture();
      fixture.lasting.note = note;

      expect(await fixture.registration.want(WISH)).toMatchObject({ phase: "registered" });
    },
  );

  it("registers although an old one cannot be removed yet, and removes it with the next wish", async () => {
    await using fixture = registrationFixture();
    const { account, registration } = fixture;
    account.add({ url: `https://older.example.com/wi-${INSTALL_ID}` });
    account.failNext("delete", new AppError("api.unavailable", "Not now.", { retryable: true }));
    account.failNext("delete", new AppError("api.unavailable", "Not now.", { retryable: true }));

    expect(await registration.want(WISH)).toMatchObject({ phase: "registered" });
    expect(account.webhooks).toHaveLength(2);
    await registration.want(WISH);

    expect(account.webhooks.map(({ url }) => url)).toEqual([URL_ONE]);
  });
});

describe("at the end of the app", () => {
  it("removes the webhook, and ignores wishes that come late", async () => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    await registration.want(WISH);

    await registration.remove();
    await registration.want(WISH);

    expect(registration.state).toEqual({ phase: "none" });
    expect(account.webhooks).toEqual([]);
  });

  it("waits no longer than it may for an api.video that does not answer; the note stays for the next run", async () => {
    await using fixture = registrationFixture({ removeTimeoutMs: 50 });
    const { registration, account, lasting } = fixture;
    await registration.want(WISH);
    account.hold("delete");

    await registration.remove();

    expect(account.calls.at(-1)).toBe("delete webhook_1");
    expect(JSON.parse(lasting.note ?? "")).toEqual([{ account: "sandbox", webhookId: "webhook_1", url: URL_ONE }]);
  });

  it("waits no longer than its signal allows", async () => {
    await using fixture = registrationFixture({ removeTimeoutMs: 60_000 });
    const { registration, account } = fixture;
    await registration.want(WISH);
    account.hold("delete");

    await registration.remove(AbortSignal.timeout(20));

    expect(registration.state.phase).toBe("removing");
  });

  it("announces nothing any more once it is disposed of", async () => {
    const fixture = registrationFixture();
    fixture.account.hold("list");
    const wanting = fixture.registration.want(WISH);

    await fixture.registration[Symbol.asyncDispose]();
    await wanting;

    expect(fixture.states.map(({ phase }) => phase)).toEqual(["registering"]);
  });
});
