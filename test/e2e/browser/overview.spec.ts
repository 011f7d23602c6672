import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

test("the overview tells what happened, how late it came, and what is not as documented", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  receiver.status = 500;
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { forwardTo: receiver.url });
  const emittedAt = new Date(Date.now() + 3_600_000).toISOString();
  await sendDelivery(inspector.listenerUrl, {
    body: JSON.stringify({ type: "live-stream.broadcast.started", emittedAt, live_stream_id: "li1" }),
  });
  await expect(app.rows("500")).toHaveCount(1);
  await app.rows().first().click();

  const summary = app.detail.getByRole("region", { name: "In short" });
  await expect(summary).toContainText("A live stream began to broadcast.");
  await expect(summary).toContainText("your server refused it with 500");
  await expect(summary).toContainText("api.video's clock and yours differ by at least");
  await expect(app.detail.getByRole("region", { name: "Not what api.video documents" })).toContainText(
    "api.video writes liveStreamId",
  );
  const steps = app.detail.getByRole("list", { name: "First request" }).getByRole("listitem");
  await expect(steps.last()).toHaveText(/^Forwarded: 500, took .* ms, done .* since the first byte$/);

  // Nothing of the test leaves the machine.
  await page.context().route("https://docs.api.video/**", (route) => route.fulfill({ body: "documentation" }));
  const [opened] = await Promise.all([
    page.context().waitForEvent("page"),
    app.detail
      .getByRole("link", { name: /^Create and manage webhooks/ })
      .first()
      .click(),
  ]);
  expect(opened.url()).toContain("docs.api.video/reference/create-and-manage-webhooks");
  await opened.close();

  receiver.status = 200;
  await page.keyboard.press("r");
  await app.tab("Overview").click();
  await expect(app.detail.getByRole("list", { name: "Sent again later" })).toContainText("Replayed: 200");
  await expect(summary).toContainText("and 200 when it was replayed");
});

test("a repeat leads to the delivery that it repeats", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  const repeat = { webhookId: "webhook_1", secret: "s", body: '{"type":"video.summary.generated"}' };
  await sendDelivery(inspector.listenerUrl, repeat);
  await sendDelivery(inspector.listenerUrl, repeat);
  await expect(app.rows(/×2/)).toHaveCount(1);
  await app.rows().click();
  await app.page.keyboard.press("ArrowRight");
  await app.list.locator('[aria-rowindex="3"]').click();

  await app.detail.getByRole("region", { name: "In short" }).getByRole("button", { name: "d1", exact: true }).click();

  await expect(app.page).toHaveURL(/deliveries\/d1\//);
});

test("the raw request stands as it came, and headers that contradict each other are pointed out", async ({
  app,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await sendDelivery(`${inspector.listenerUrl}/hook?x=1`, {
    body: "plain",
    headers: { "X-Forwarded-For": "192.0.2.7" },
  });
  await app.rows().first().click();

  await app.tab("Raw").click();
  await expect(app.detail.getByRole("region", { name: "Request" })).toContainText("POST /hook?x=1");
  await expect(app.detail.getByRole("region", { name: "Request" })).toContainText("X-Forwarded-For: 192.0.2.7");
  await expect(app.detail.getByRole("region", { name: "Our answer" })).toContainText("202 Accepted");

  await app.tab("Headers").click();
  await expect(app.detail.getByRole("row", { name: /X-Forwarded-For/ })).toContainText(
    "the first address is the sender's",
  );
});

test("only the overview scrolls, not what its heading and tabs are in", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl);
  await app.rows().click();
  const overview = app.detail.getByRole("tabpanel", { name: "Overview" });

  await expect.poll(() => overview.evaluate((panel) => panel.scrollHeight > panel.clientHeight)).toBe(true);

  const around = overview.locator("xpath=ancestor::*");
  const scrolling = await around.evaluateAll((parts) =>
    parts.filter((part) => part.scrollHeight > part.clientHeight).map((part) => part.className),
  );
  expect(scrolling).toEqual([]);
});

test("while a replay is on its way, the heading and the tabs stay where they are", async ({ app, page, inspector }) => {
  // Here the buttons have little room beside the heading.
  await page.setViewportSize({ width: 1000, height: 700 });
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { forwardTo: "http://127.0.0.1:9" });
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await app.rows().click();
  const before = await app.tab("Raw").boundingBox();
  const { promise: answer, resolve } = Promise.withResolvers<void>();
  await page.route("**/api/call/replay.send", (route) => answer.then(() => route.continue()));

  await app.detail.getByRole("button", { name: "Replay" }).click();
  await expect(app.detail.getByText("Waiting for your server's answer")).toBeVisible();

  expect((await app.tab("Raw").boundingBox())?.y).toBe(before?.y);
  resolve();
});

test("from event to event, the tabs stay where they are in the smallest window with two panes", async ({
  app,
  page,
  inspector,
}) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await skipFirstRun(inspector);
  const { client } = inspector;
  await client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
  await client.call("simulator.trigger", { type: "video.encoding.quality.completed" });
  await app.rows("Live started").click();
  await expect(app.detail.getByRole("heading", { name: "Live started" })).toBeVisible();
  const before = await app.tab("Raw").boundingBox();

  await app.rows("Rendition ready").click();
  await expect(app.detail.getByRole("heading", { name: "Rendition ready" })).toBeVisible();

  expect((await app.tab("Raw").boundingBox())?.y).toBe(before?.y);
});
