import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";

async function addWebhook({ simulatorUrl }: Inspector, url: string): Promise<void> {
  const answer = await fetch(`${simulatorUrl}/webhooks`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa("simulator:")}`, "Content-Type": "application/json" },
    body: JSON.stringify({ url, events: ["video.caption.generated"] }),
  });
  expect(answer.status).toBe(201);
}

/** As soon as our webhook is registered. */
async function ourWebhook({ client }: Inspector): Promise<{ webhookId: string; url: string; events: string[] }> {
  let state = (await client.call("app.snapshot", {})).registration;
  await expect
    .poll(async () => {
      state = (await client.call("app.snapshot", {})).registration;
      return state.phase;
    })
    .toBe("registered");
  return { webhookId: state.webhookId ?? "", url: state.url ?? "", events: state.events ?? [] };
}

test("webhooks that are left over are pruned after a question; anybody else's are not offered", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const { url } = await ourWebhook(inspector);
  const leftOver = `https://old.example.com${new URL(url).pathname}`;
  await addWebhook(inspector, leftOver);
  await addWebhook(inspector, "https://production.example.com/hooks");
  await app.openArea("Webhooks");
  const area = page.getByRole("main", { name: "Webhooks" });
  await expect(area).toContainText("1 webhook is left over from this installation.");

  await area.getByRole("button", { name: "Prune 1 leftover" }).click();
  await area.getByRole("button", { name: "Delete for good" }).click();

  await expect(app.toast("1 webhook removed.")).toBeVisible();
  await expect(area.getByText(leftOver)).toHaveCount(0);
  await expect(area.getByText("https://production.example.com/hooks")).toHaveCount(1);
  await expect(area.getByRole("button", { name: /^Prune/ })).toHaveCount(0);
  await expect(area).toBeFocused();
});

test("where the account is full, the banner leads to what can go, and the webhook is then registered", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const { webhookId } = await ourWebhook(inspector);
  await inspector.client.call("webhooks.remove", { webhookId });
  for (let i = 0; i < 8; i++) await addWebhook(inspector, `https://production.example.com/${i}`);
  for (let i = 0; i < 2; i++) await addWebhook(inspector, `https://two.example.com/wi-aaaabbbbccc${i}`);
  await inspector.client.call("registration.retry", {});
  await expect(app.problems).toContainText("2 of them were made by other installations");

  await app.problems.getByRole("button", { name: "Make room" }).click();
  const area = page.getByRole("main", { name: "Webhooks" });
  await area.getByRole("button", { name: "Prune 2 of other installations" }).click();
  await area.getByRole("button", { name: "Delete for good" }).click();

  await expect(area.getByRole("listitem").filter({ hasText: "In use now" })).toHaveCount(1);
  await expect(page.getByText("No webhook is registered.")).toHaveCount(0);
});

test("the events of the webhook are chosen in Settings; types that are not known stay", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { events: [...EVENT_TYPES, "video.newer.event"] });
  await app.openArea("Settings");
  const events = page.getByRole("group", { name: "Events" });
  await expect(events.getByRole("checkbox")).toHaveCount(EVENT_TYPES.length + 1);
  await expect(events.getByRole("checkbox", { name: "Another event video.newer.event" })).toBeChecked();

  await events.getByRole("checkbox", { name: /^Live started/ }).uncheck();
  await events.getByRole("checkbox", { name: /^Live ended/ }).uncheck();

  const kept = EVENT_TYPES.filter((type) => !type.startsWith("live-stream"));
  await expect
    .poll(async () => (await inspector.client.call("settings.get", {})).values.events)
    .toEqual([...kept, "video.newer.event"]);
  await events.getByRole("checkbox", { name: /^Another event/ }).uncheck();
  await expect.poll(async () => (await ourWebhook(inspector)).events).toEqual(kept);
});

test("the webhooks of the account are listed, ours marked; one can be made and deleted", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.openArea("Webhooks");
  const area = page.getByRole("main", { name: "Webhooks" });
  await expect(area.getByRole("listitem").filter({ hasText: "In use now" })).toContainText("Made here");

  await area.getByLabel("URL").fill("https://example.com/elsewhere");
  await area.getByRole("button", { name: "Create webhook" }).click();
  const made = area.getByRole("listitem").filter({ hasText: "https://example.com/elsewhere" });
  await expect(made).toContainText("Secret known");
  await made.getByRole("button", { name: /^Delete/ }).click();
  await made.getByRole("button", { name: "Delete for good" }).click();

  await expect(made).toHaveCount(0);
});

test("Escape answers the question before a webhook is deleted with no", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  const { webhookId } = await ourWebhook(inspector);
  await app.openArea("Webhooks");
  const area = page.getByRole("main", { name: "Webhooks" });
  const remove = area.getByRole("button", { name: `Delete ${webhookId}` });
  await remove.press("Enter");
  await expect(area.getByRole("button", { name: "Keep it" })).toBeFocused();

  await page.keyboard.press("Escape");

  await expect(remove).toBeFocused();
});
