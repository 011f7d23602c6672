import { type Receiver, startReceiver } from "../../helpers/receiver.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import type { InspectorPage } from "../pages/inspector-page.ts";

const CAPTION = "video.caption.generated";
const LIVE = "live-stream.broadcast.started";

/** Forwards to a receiver, with one delivery there already. */
async function start(app: InspectorPage, inspector: Inspector, receiver: Receiver): Promise<void> {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { forwardTo: receiver.url });
  await inspector.client.call("simulator.trigger", { type: LIVE });
  await expect(app.rows()).toHaveCount(1);
}

const trigger = ({ client }: Inspector, type: string) => client.call("simulator.trigger", { type });
const banner = ({ page }: InspectorPage) => page.getByRole("region", { name: "Hold" });
const typesOf = ({ requests }: Receiver) => requests.map(({ body }) => JSON.parse(body.toString()).type);

test("the next delivery that matches is held, by keyboard alone, and forwarded when it is let go", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  await start(app, inspector, receiver);

  await app.list.press("h");
  await expect(app.dialog.getByLabel("Deliveries that match")).toBeFocused();
  await page.keyboard.type("type:caption sig:fialed");
  await expect(app.dialog.getByRole("alert")).toContainText("sig:");
  await expect(app.dialog.getByRole("button", { name: "Hold", exact: true })).toBeDisabled();
  await app.dialog.getByLabel("Deliveries that match").fill("type:caption");
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await expect(banner(app)).toContainText("The next delivery that matches type:caption will be held");

  await trigger(inspector, CAPTION);
  await trigger(inspector, LIVE);
  await expect(banner(app)).toContainText("1 delivery is held until you say what becomes of it.");
  await expect(banner(app)).not.toContainText("will be held");
  await expect(app.rows("Held")).toHaveCount(1);
  await expect.poll(() => typesOf(receiver)).toEqual([LIVE, LIVE]);

  await banner(app).getByRole("button", { name: "Show it" }).press("Enter");
  await expect(app.selectedRow).toContainText("Captions ready");
  await expect(app.detail).toContainText("your server has not got it");
  await expect(app.detail.getByRole("button", { name: "Forward" })).toBeVisible();
  await page.keyboard.press("r");

  await expect(app.detail.getByRole("region", { name: "Answer", exact: true })).toContainText("200");
  await expect(app.detail.getByRole("button", { name: "Replay" })).toBeVisible();
  await expect(banner(app)).toHaveCount(0);
  await expect(app.rows("Held")).toHaveCount(0);
  expect(typesOf(receiver)).toEqual([LIVE, LIVE, CAPTION]);
});

test("a held delivery is edited, and what was edited goes in its place", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await start(app, inspector, receiver);
  await inspector.client.call("hold.set", { query: "type:caption" });
  await trigger(inspector, CAPTION);
  await app.rows("Held").click();

  await app.detail.getByRole("button", { name: "Edit and send" }).click();
  await expect(app.dialog.getByRole("textbox", { name: "Body" })).toBeFocused();
  await page.keyboard.type(" ");
  await expect(app.dialog.getByRole("status").filter({ hasText: "check will pass" })).toBeVisible();
  await page.keyboard.press("Control+Enter");

  await expect(app.dialog).toHaveCount(0);
  await expect(app.toast("Sent as d3, in the place of d2.")).toBeVisible();
  await expect(app.selectedRow.getByRole("img", { name: "Edited from d2" })).toBeVisible();
  await expect(banner(app)).toHaveCount(0);
  expect(receiver.requests.map(({ body }) => body.toString().startsWith(" "))).toEqual([false, true]);
});

test("a held delivery is dropped: it stays in the list, and nothing is sent", async ({ app, inspector }) => {
  await using receiver = await startReceiver();
  await start(app, inspector, receiver);
  await inspector.client.call("hold.set", { query: "type:caption" });
  await trigger(inspector, CAPTION);
  await app.rows("Held").click();

  await app.detail.getByRole("button", { name: "Drop" }).click();

  await expect(app.toast("d2 is dropped")).toBeVisible();
  await expect(app.rows("Captions ready")).toHaveCount(1);
  await expect(banner(app)).toHaveCount(0);
  expect(typesOf(receiver)).toEqual([LIVE]);
});

test("all that match are held with the filter of the list, until no more are; all go at once", async ({
  app,
  inspector,
}) => {
  await using receiver = await startReceiver();
  await start(app, inspector, receiver);
  await app.filter.fill("type:caption");
  await expect(app.rows()).toHaveCount(0);
  await app.page.getByRole("button", { name: "Commands" }).click();
  await app.palette.fill("breakpoint");
  await app.page.getByRole("option", { name: "Hold the next match" }).click();

  await expect(app.dialog.getByLabel("Deliveries that match")).toHaveValue("type:caption");
  await app.dialog.getByRole("radio", { name: "Every one" }).check();
  await app.dialog.getByRole("button", { name: "Hold", exact: true }).click();
  await expect(banner(app)).toContainText("Every delivery that matches type:caption will be held");
  for (let n = 0; n < 2; n++) await trigger(inspector, CAPTION);
  await expect(banner(app)).toContainText("2 deliveries are held");

  await banner(app).getByRole("button", { name: "Hold no more" }).click();
  await expect(banner(app).getByRole("button", { name: "Hold no more" })).toHaveCount(0);
  await trigger(inspector, CAPTION);
  await expect.poll(() => typesOf(receiver)).toEqual([LIVE, CAPTION]);
  await banner(app).getByRole("button", { name: "Forward all" }).click();

  await expect(app.toast("2 deliveries forwarded.")).toBeVisible();
  await expect(banner(app)).toHaveCount(0);
  expect(typesOf(receiver)).toEqual([LIVE, CAPTION, CAPTION, CAPTION]);
});
