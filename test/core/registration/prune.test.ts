import { describe, expect, it } from "vitest";
import { isAppUrl } from "#core/registration/registration.ts";
import { AppError } from "#shared/errors.ts";
import { INSTALL_ID, registrationFixture, URL_ONE, WISH } from "./registration-fixture.ts";

const FOREIGN = ["https://production.example.com/hooks", "https://cafe.example.com/wi-fi", "https://x.example/wi-"];
const OTHERS = ["https://two.example.com/wi-aaaabbbbcccc", "https://three.example.com/a/wi-0123456789ab"];
const LEFT_OVER = [`https://old.example.com/wi-${INSTALL_ID}`, `https://older.example.com/wi-${INSTALL_ID}`];

/** An account with our current webhook, two of ours left over, two of other installations, and three of somebody else. */
async function mixedAccount() {
  const fixture = registrationFixture();
  await fixture.registration.want(WISH);
  for (const url of [...LEFT_OVER, ...OTHERS, ...FOREIGN]) fixture.account.add({ url });
  const idOf = (url: string) => fixture.account.webhooks.find((webhook) => webhook.url === url)?.webhookId ?? "";
  return { ...fixture, idOf, urls: () => fixture.account.webhooks.map(({ url }) => url) };
}

describe("pruning", () => {
  it("removes what this installation left over, and nothing else", async () => {
    await using fixture = await mixedAccount();
    const ids = LEFT_OVER.map(fixture.idOf);

    const { removed, kept } = await fixture.registration.prune({});

    expect(removed).toEqual(ids);
    expect(fixture.urls()).toEqual([URL_ONE, ...OTHERS, ...FOREIGN]);
    expect(kept).toEqual(fixture.account.webhooks.map(({ webhookId }) => webhookId));
  });

  it("removes those of other installations too when asked, and never one that is none of this app's", async () => {
    await using fixture = await mixedAccount();

    await fixture.registration.prune({ othersToo: true });

    expect(fixture.urls()).toEqual([URL_ONE, ...FOREIGN]);
  });

  it("removes exactly those that are named", async () => {
    await using fixture = await mixedAccount();
    const chosen = [fixture.idOf(LEFT_OVER[1] ?? ""), fixture.idOf(OTHERS[0] ?? "")];

    const { removed } = await fixture.registration.prune({ webhookIds: chosen });

    expect(removed).toEqual(chosen);
    expect(fixture.urls()).toEqual([URL_ONE, LEFT_OVER[0], OTHERS[1], ...FOREIGN]);
  });

  it.each([
    ["somebody else's", FOREIGN[0]],
    ["one that only looks like ours", FOREIGN[1]],
    ["the one in use", URL_ONE],
    ["one that is not there", "https://nowhere.example"],
  ])("refuses %s, and then removes nothing", async (_, url = "") => {
    await using fixture = await mixedAccount();
    const before = fixture.urls();
    const webhookIds = [fixture.idOf(LEFT_OVER[0] ?? ""), fixture.idOf(url) || "webhook_none"];

    const pruning = fixture.registration.prune({ webhookIds });

    await expect(pruning).rejects.toMatchObject({ code: "input.invalid" });
    expect(fixture.urls()).toEqual(before);
  });

  it("says what was removed when api.video refuses the rest", async () => {
    await using fixture = await mixedAccount();
    const [first = "", second = ""] = LEFT_OVER.map(fixture.idOf);
    fixture.account.failNext("delete", new AppError("api.unavailable", "Not now.", { retryable: true }));

    const pruning = fixture.registration.prune({});

    await expect(pruning).rejects.toMatchObject({ code: "api.unavailable", details: { removed: [second] } });
    expect(fixture.account.webhooks.map(({ webhookId }) => webhookId)).toContain(first);
  });

  it("registers at once where the limit of ten was in the way; until then the fault says whose they are", async () => {
    await using fixture = registrationFixture();
    const { registration, account } = fixture;
    for (let i = 0; i < 7; i++) account.add({ url: `https://production.example.com/${i}` });
    for (let i = 0; i < 3; i++) account.add({ url: `https://two.example.com/wi-aaaabbbbccc${i}` });

    const { fault } = await registration.want(WISH);
    expect(fault).toMatchObject({ code: "registration.limit", message: expect.stringMatching(/3 of them.*other/) });
    await registration.prune({ othersToo: true });

    expect(registration.state).toMatchObject({ phase: "registered", url: URL_ONE });
    expect(account.webhooks).toHaveLength(8);
  });

  it("needs a key", async () => {
    await using fixture = registrationFixture();
    fixture.use(null);

    await expect(fixture.registration.prune({})).rejects.toMatchObject({ code: "api.key_missing" });
  });
});

it("knows the URLs of this app from others", () => {
  expect([URL_ONE, ...OTHERS].map(isAppUrl)).toEqual([true, true, true]);
  const others = [
    ...FOREIGN,
    `https://x.example/?${URL_ONE}`,
    `${URL_ONE}/more`,
    "https://x.example/wi-fi-Repeater",
    "",
  ];
  expect(others.map(isAppUrl)).toEqual(others.map(() => false));
});
