import { startRelay } from "../../helpers/relay.ts";
import { expect, receiveFirst, skipFirstRun, test } from "../fixtures.ts";

test("the palette finds and runs a command by keyboard alone, and the focus goes back to where it was", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  await page.keyboard.press("j");
  await app.list.focus();

  await page.keyboard.press("Control+k");
  await expect(app.palette).toBeFocused();
  await page.keyboard.type("pin");
  await expect(app.dialog.getByRole("option", { selected: true })).toHaveText(/Pin delivery.*key p/);
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.rows().getByRole("img", { name: "Pinned" })).toBeVisible();
  await expect(app.list).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(app.dialog.getByRole("option").first()).toHaveText(/Unpin delivery/);
  await page.keyboard.type("theme");
  await page.keyboard.press("Enter");
  await page.keyboard.type("da");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("what did I miss");
  await expect(app.dialog).toContainText("Nothing answers");
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("captions");
  await page.keyboard.press("Enter");
  await expect(app.selectedRow).toContainText("Captions ready");
  await expect(app.list).toBeFocused();
});

test("what is typed for the palette while it is still fetched is not lost, and does nothing else", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  // As on a slow line, and before anything is fetched ahead.
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  let arrive = (): void => undefined;
  await page.route(/later-/, async (route) => {
    await new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await route.continue();
  });
  // The chart comes along with it, and is asked for at once.
  const onItsWay = () => page.waitForRequest(/later-/);

  const [request] = await Promise.all([onItsWay(), page.reload()]);
  await expect(app.rows()).toHaveCount(1);
  await app.list.focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("theme");
  await expect(app.palette).toHaveCount(0);
  arrive();
  await request.response();
  await expect(app.palette).toBeFocused();
  await expect(app.palette).toHaveValue("theme");
  await page.keyboard.type("s");
  await expect(app.palette).toHaveValue("themes");
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();

  await Promise.all([onItsWay(), page.reload()]);
  await expect(app.rows()).toHaveCount(1);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("trigger event");
  await page.keyboard.press("Enter");
  arrive();
  await expect(app.dialog.getByRole("button", { name: "Send" })).toBeVisible();
});

test("a tunnel is chosen from the palette", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await using relay = await startRelay();
  await inspector.client.call("settings.update", { tunnel: "localtunnel", tunnelHost: relay.url });
  await expect(app.status.getByRole("button", { name: "Copy public URL" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("use tunnel noen");
  await page.keyboard.press("Enter");

  await expect(app.status.getByRole("button", { name: "Copy public URL" })).toHaveCount(0);
  expect((await inspector.client.call("settings.get", {})).values).toMatchObject({
    tunnel: "none",
    tunnelHost: relay.url,
  });
});

test("what is typed shows the first that answers, also where another was chosen before", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  await app.rows().first().click();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option", { name: "Replay delivery" })).toHaveAttribute("aria-selected", "true");

  await page.keyboard.type("t");

  await expect(page.getByRole("option", { name: "Trigger event" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("option", { name: "Trigger event" })).toBeInViewport();
});
