import { cutLine, joinLine, makeLineCuttable } from "../cut-line.ts";
import { expect, receiveFirst, skipFirstRun, test } from "../fixtures.ts";
import { TAB_NAMES } from "../pages/inspector-page.ts";
import { fill } from "../tour.ts";

test("with the engine gone, every tab of what is on screen still opens", async ({ app, page, inspector }) => {
  await fill(inspector);
  await app.rows("Failed").first().click();
  await expect(app.tab("Overview")).toBeVisible();
  // All that is in view is fetched ahead once nothing else is to do.
  await expect
    .poll(() => page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => /later-/.test(name))))
    .toBe(true);

  inspector.child.process.kill("SIGKILL");
  await expect(app.problems).toContainText("The inspector does not answer.");

  for (const tab of TAB_NAMES) {
    await app.tab(tab).click();
    await expect(app.detail.getByRole("tabpanel", { name: tab })).not.toContainText("Loading");
  }
  await expect(app.rows()).toHaveCount(5);
  await expect(page.getByText("This part of the window")).toHaveCount(0);
});

test("with the engine gone, the areas show what was last known of the account and its videos", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  const webhooks = page.getByRole("main", { name: "Webhooks" });
  const timeline = page.getByRole("main", { name: "Timeline" });
  const known = page.getByText("No API key is kept.");
  await app.openArea("Timeline");
  await expect(timeline.getByRole("button", { name: /^Its deliver/ })).toBeVisible();
  await app.openArea("Webhooks");
  await expect(webhooks.getByText("In use now")).toBeVisible();
  await app.openArea("Settings");
  await expect(known).toBeVisible();
  await app.openArea("Deliveries");

  inspector.child.process.kill("SIGKILL");
  await expect(app.problems).toContainText("The inspector does not answer.");

  await app.openArea("Webhooks");
  await expect(webhooks.getByText("In use now")).toBeVisible();
  await app.openArea("Timeline");
  await expect(timeline.getByRole("button", { name: /^Its deliver/ })).toBeVisible();
  await expect(timeline.getByRole("searchbox", { name: "Find by id" })).toBeDisabled();
  await app.openArea("Settings");
  await expect(known).toBeVisible();
});

test("with the engine gone, no link of the way of a webhook is said to work", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await app.openArea("Connection");
  const way = page.getByRole("list", { name: "The way of a webhook" });
  await expect(way).toContainText("Works");

  inspector.child.process.kill("SIGKILL");

  await expect(way).toContainText("Last known");
  await expect(way).not.toContainText("Works");
});

test("a part that cannot be fetched says so, leaves the rest standing, and opens when asked again", async ({
  app,
  page,
  inspector,
}) => {
  await fill(inspector);
  await page.route(/edit-dialog/, (route) => route.abort());
  await app.rows("Failed").first().click();
  await expect(app.detail).toContainText("What happened");

  await page.keyboard.press("e");

  await expect(page.getByText("This part of the window could not be fetched.")).toBeVisible();
  await expect(app.rows()).toHaveCount(5);
  await page.unroute(/edit-dialog/);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(app.dialog.getByRole("status").filter({ hasText: "receiver's check" })).toBeVisible();
});

test("while the inspector does not answer, what needs it is off and says why, and comes back by itself", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  await makeLineCuttable(page);
  await page.reload();
  await app.rows().first().click();
  const replay = app.detail.getByRole("button", { name: "Replay" });
  const trigger = app.status.getByRole("button", { name: "Trigger event" });
  await replay.focus();

  await cutLine(page);
  for (const button of [replay, trigger, app.detail.getByRole("button", { name: /^Pin/ })]) {
    await expect(button).toBeDisabled();
    await expect(button).toHaveAttribute("title", "The inspector does not answer.");
  }
  await expect(app.status.getByRole("button", { name: "Commands" })).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(app.toast(/./)).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("replay delivery");
  await expect(app.dialog).toContainText("Nothing answers");
  await page.keyboard.press("Escape");

  await joinLine(page);
  await expect(replay).toBeEnabled();
  await expect(replay).toBeFocused();
  await expect(trigger).not.toHaveAttribute("title", /./);
});

test("when the inspector ends, the page says so and keeps what was last known", async ({ app, inspector }) => {
  await receiveFirst(app, inspector);

  await inspector.child.end("SIGTERM");

  await expect(app.problems).toContainText("The inspector does not answer.");
  await expect(app.rows()).toHaveCount(1);
});
