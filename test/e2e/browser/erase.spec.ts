import { expect, skipFirstRun, test } from "../fixtures.ts";
import { InspectorPage } from "../pages/inspector-page.ts";

test("what is erased is counted before, confirmed in words, and gone", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
  await app.openArea("Settings");
  await page.getByRole("main").getByRole("button", { name: "Erase everything" }).click();
  const erase = app.dialog.getByRole("button", { name: "Erase everything" });

  await expect(app.dialog).toContainText("3 deliveries");
  await expect(app.dialog).toContainText("our webhook at simulator");
  await expect(erase).toBeDisabled();
  await app.dialog.getByLabel(/^Type/).fill("erase everything");
  await erase.click();
  await expect(app.dialog).toContainText("Everything here is erased");
  await app.dialog.getByRole("button", { name: "Start afresh" }).click();

  await expect(page.getByRole("heading", { name: "Receive your first webhook" })).toBeVisible();
  expect(await inspector.client.call("app.holdings", {})).toMatchObject({ deliveries: 0, apiKeys: 0 });
});

test("after everything is erased, nothing in any window tells of it, and the focus is where one goes on", async ({
  app,
  page,
  inspector,
  context,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
  const other = new InspectorPage(await context.newPage());
  await other.page.goto(inspector.uiUrl);
  for (const { list, rows } of [app, other].map((window) => ({ list: window.list, rows: window.rows() }))) {
    await rows.first().click();
    for (const key of ["d", "j", "x", "Space"]) await list.press(key);
  }
  await page.bringToFront();
  await app.openArea("Timeline");
  await page.getByLabel("Find by id").fill("vi4k0jvEUuaTdRAEjQ4Jfrgz");
  await app.openArea("Settings");
  await page.getByRole("main").getByRole("button", { name: "Erase everything" }).click();
  await expect(app.dialog).toContainText("3 deliveries");
  await app.dialog.getByLabel(/^Type/).fill("erase everything");
  await page.keyboard.press("Enter");
  await app.dialog.getByRole("button", { name: "Start afresh" }).press("Enter");

  await expect(page.getByRole("region", { name: "No deliveries" })).toBeFocused();
  for (const window of [app, other]) {
    await expect(window.page.getByRole("button", { name: "Send a first event" })).toBeVisible();
    await expect(window.page.getByText("Paused.")).toHaveCount(0);
    await expect(window.page).toHaveURL(/#\/deliveries$/);
  }
  await page.getByRole("button", { name: "Send a first event" }).click();
  for (const window of [app, other]) {
    await expect(window.rows()).toHaveCount(1);
    await expect(window.page.getByText("marked")).toHaveCount(0);
    await expect(window.page.getByText("Comparing")).toHaveCount(0);
  }
  await app.openArea("Timeline");
  await expect(page.getByLabel("Find by id")).toHaveValue("");
});

test("a bar that tells how far something is has the accent's colour in both themes", async ({ app, page, context }) => {
  await expect(app.status).toBeVisible();
  // A real one is gone before it can be looked at.
  await page.evaluate(() => {
    const bar = Object.assign(document.createElement("progress"), { max: 2, value: 1, className: "accent-accent h-2" });
    document.body.prepend(bar);
  });
  const scratch = await context.newPage();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const picture = (await page.getByRole("progressbar").screenshot()).toString("base64");
    const [red = 0, green = 0, blue = 0] = await scratch.evaluate(async (base64) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
      canvas?.drawImage(image, 0, 0);
      return [...(canvas?.getImageData(image.width / 4, image.height / 2, 1, 1).data ?? [])];
    }, picture);
    expect(blue, colorScheme).toBeGreaterThan(Math.max(red, green));
  }
});

test("all deliveries are cleared only after a question", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
  await app.openArea("Settings");

  await page.getByRole("button", { name: "Clear all deliveries" }).click();
  await page.getByRole("button", { name: "Clear 3 deliveries" }).click();

  await app.openArea("Deliveries");
  await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
});
