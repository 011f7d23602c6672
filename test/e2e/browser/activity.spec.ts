import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";
import { fill } from "../tour.ts";

test("the chart counts what comes, and a bar shows its time, or only what failed in it", async ({
  app,
  page,
  inspector,
}) => {
  await fill(inspector);
  const filled = app.bars.filter({ has: page.locator("[data-state]") });

  // A minute may have passed between two of them.
  const counted = async (): Promise<number> => {
    const labels = await app.bars.evaluateAll((bars) => bars.map((bar) => bar.getAttribute("aria-label") ?? ""));
    const counts = labels.flatMap((label) => [...label.matchAll(/(\d+) (?:verified|failed|unsigned|unchecked)/g)]);
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  };
  await expect.poll(counted).toBe(5);
  await expect(
    page.getByRole("list", { name: /^Activity, last 20 min: 5 deliveries, 1 verified, 2 failed/ }),
  ).toBeVisible();

  await filled.last().focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/filter=after%3A[\dTZ%A-]+\+before%3A[\dTZ%A-]+$/);
  await expect(filled.last()).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(app.bars.nth(-2)).toBeFocused();
  await filled.locator("[data-state=failed]").last().click();
  await expect(page).toHaveURL(/\+sig%3Afailed$/);
  await page.keyboard.press("Shift+Enter");
  await expect(page).not.toHaveURL(/filter=/);

  await page.getByLabel("How far back the chart looks").selectOption("2h");
  await expect(page.getByRole("list", { name: /^Activity, last 2 h: 5 deliveries/ })).toBeVisible();
});

test("a bar leaves the rest of the filter as it is, and its time can be read in local time", async ({
  app,
  page,
  inspector,
}) => {
  await fill(inspector);
  await app.filter.fill("type:video rendition ");
  await expect(app.chip("type:video")).toBeVisible();

  await app.bars
    .filter({ has: page.locator("[data-state]") })
    .last()
    .press("Enter");

  await expect(app.chip("type:video")).toBeVisible();
  await expect(app.filter).toHaveValue(/rendition/);
  const after = app.chip(/^after:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  await expect(after.getByRole("button", { name: /^Change after:.*Z, which is .*, \d\d:\d\d here$/ })).toBeVisible();
  await app.bars
    .filter({ has: page.locator("[data-state]") })
    .last()
    .press("Enter");
  await expect(app.chip("after:")).toHaveCount(0);
  await expect(app.chip("type:video")).toBeVisible();
});

test("a paused list stands still while deliveries come, and then shows them all", async ({ app, page, inspector }) => {
  await fill(inspector);
  await expect(app.rows()).toHaveCount(5);

  await app.list.press("Space");
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 2 });

  await expect(page.getByText("Paused: 2 new deliveries wait.")).toBeVisible();
  await expect(app.rows()).toHaveCount(5);
  await page.getByRole("button", { name: "Show them" }).click();
  await expect(app.rows()).toHaveCount(7);
  await expect(page.getByText("Paused")).toHaveCount(0);
});

test("the title counts the signatures that fail unseen, until somebody looks", async ({ page, app, inspector }) => {
  await skipFirstRun(inspector);
  // A page under test always has the focus.
  await page.evaluate(() => Object.defineProperty(document, "hasFocus", { value: () => false, configurable: true }));
  await fill(inspector);

  await expect(page).toHaveTitle("(2) api.video Webhook Inspector");

  await page.evaluate(() => {
    Object.defineProperty(document, "hasFocus", { value: () => true });
    window.dispatchEvent(new Event("focus"));
  });
  await expect(page).toHaveTitle("api.video Webhook Inspector");
  await expect(app.rows()).toHaveCount(5);
});

test("the focus goes on where its control is gone: after Undo to the list", async ({ app, inspector }) => {
  await fill(inspector);
  await app.rows("Failed").first().click();
  await app.list.press("Delete");

  await app.toast("Delivery deleted.").getByRole("button", { name: "Undo" }).press("Enter");

  await expect(app.rows()).toHaveCount(5);
  await expect(app.list).toBeFocused();
});

test("an area that was never opened opens when the inspector is gone, and only that is told", async ({
  page,
  app,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const isFetched = () => performance.getEntriesByType("resource").some(({ name }) => /\/later-/.test(name));
  await expect.poll(() => page.evaluate(isFetched)).toBe(true);

  inspector.child.process.kill("SIGKILL");
  await expect(app.problems).toContainText("The inspector does not answer.");
  await app.openArea("Webhooks");

  await expect(page.getByRole("heading", { name: "Webhooks" })).toBeVisible();
  await expect(app.problems.getByRole("button")).toHaveCount(0);
});

test("a chart that comes late moves no row", async ({ app, page, inspector }) => {
  await fill(inspector);
  const { promise: isWanted, resolve: letIn } = Promise.withResolvers<void>();
  await page.route("**/api/call/deliveries.activity", async (route) => {
    await isWanted;
    await route.continue();
  });
  await page.reload();
  await expect(app.rows()).toHaveCount(5);
  const before = await app.rows().first().boundingBox();

  letIn();
  await expect(app.bars).not.toHaveCount(0);

  expect(await app.rows().first().boundingBox()).toEqual(before);
});

test("the first delivery stays where it appeared, whatever its being counted brings", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
  await page.evaluate(() => {
    const tops: number[] = [];
    const note = (): void => {
      const row = document.querySelector("[role=treegrid] [role=rowgroup] [role=row]");
      const top = row?.getBoundingClientRect().top;
      if (top !== undefined && tops.at(-1) !== top) tops.push(top);
      document.body.dataset["tops"] = tops.join(" ");
      requestAnimationFrame(note);
    };
    note();
  });

  await sendDelivery(inspector.listenerUrl);
  await expect(app.bars).not.toHaveCount(0);
  await expect(page.getByText("1 of 100 000 kept")).toBeVisible();

  await expect(page.locator("body")).toHaveAttribute("data-tops", /^[\d.]+$/);
});
