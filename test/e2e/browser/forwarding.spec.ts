import type { Page } from "@playwright/test";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { expectNoFindings } from "../axe.ts";
import { cutLine, joinLine, makeLineCuttable } from "../cut-line.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";

const LIVE = JSON.stringify({ type: "live-stream.broadcast.started", liveStreamId: "li1" });

const area = (page: Page) => page.getByRole("main", { name: "Forwarding" });
const settingsOf = async ({ client }: Inspector) => (await client.call("settings.get", {})).values;

async function fillForwarding({ client }: Inspector, url: string): Promise<void> {
  await client.call("settings.update", {
    forwardTo: url,
    answerMode: "relay",
    targets: [
      { name: "Shop", url, headers: [["X-Stage", "dev"]] },
      { name: "Staging", url: "https://a-rather-long-name.of-some-host.staging.invalid/hooks/api-video", headers: [] },
    ],
    routes: [
      { name: "Live", query: "type:live-stream", targets: ["Shop", "Gone"] },
      { name: "Renditions", query: "quality=720p", targets: [] },
    ],
    answerRules: [{ name: "Busy", query: "path:/busy", status: 503, body: "busy", delayMs: 0 }],
  });
}

test("a target and a route are made by the keyboard alone, and the next delivery goes that way and says so", async ({
  app,
  page,
  inspector,
}) => {
  await using shop = await startReceiver();
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { body: encodingEvent() });
  await expect(app.rows()).toHaveCount(1);
  await page.locator("body").press("g");
  await page.keyboard.press("f");
  await expect(area(page)).toBeFocused();

  await area(page).getByRole("button", { name: "Add a target" }).press("Enter");
  await expect(area(page).getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Shop");
  await page.keyboard.press("Tab");
  await page.keyboard.type(new URL(shop.url).port);
  await page.keyboard.press("Enter");
  await expect(area(page).getByRole("list", { name: "Targets" })).toContainText("Something listens here");
  await expect(area(page).getByRole("button", { name: "Add a target" })).toBeFocused();

  await area(page).getByRole("button", { name: "Add a route" }).press("Enter");
  await page.keyboard.type("Live");
  await page.keyboard.press("Tab");
  await page.keyboard.type("type:liv");
  await expect(page.getByRole("option", { name: "type:live-stream.broadcast.started" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(area(page).getByLabel("Deliveries")).toHaveValue(/^type:live-stream\.\w+/);
  await area(page).getByLabel("Deliveries").fill("type:live-stream");
  await expect(area(page).getByRole("form", { name: "New route" }).getByRole("status")).toHaveText(
    "0 of 1 delivery kept now match.",
  );
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(area(page).getByRole("checkbox", { name: "Shop" })).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(area(page).getByRole("list", { name: "Routes" })).toContainText("type:live-stream goes to Shop");
  await expect(app.status).toContainText("by 1 route");

  await sendDelivery(`${inspector.listenerUrl}/live`, { body: LIVE });
  await expect.poll(() => shop.requests.map(({ url }) => url)).toEqual(["/live"]);
  await app.openArea("Deliveries");
  await app.rows("li1").first().click();
  await app.tab("Attempts").click();
  await expect(app.detail.getByRole("tabpanel")).toContainText(
    /Forwarded to Shop http:\/\/localhost:\d+\/live by the route Live at/,
  );
});

test("routes change places by buttons and keys, and what is removed can be brought back to its place", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const route = (name: string) => ({ name, query: "", targets: [] });
  await inspector.client.call("settings.update", { routes: [route("A"), route("B"), route("C")] });
  await app.openArea("Forwarding");
  const names = async () => (await settingsOf(inspector)).routes.map(({ name }) => name).join("");
  await expect(area(page).getByRole("list", { name: "Routes" }).getByRole("listitem")).toHaveCount(3);

  await area(page).getByRole("button", { name: "Move A down" }).click();
  const moved = area(page).getByRole("button", { name: "Change A" });
  // At once behind the click: it builds on what was chosen, not on what is saved.
  await moved.press("Alt+ArrowDown");
  await expect.poll(names).toBe("BCA");
  await expect(moved).toBeFocused();
  await moved.press("Alt+ArrowDown");
  await expect(area(page).getByRole("button", { name: "Move A down" })).toBeDisabled();

  await area(page).getByRole("button", { name: "Remove C" }).click();
  await expect.poll(names).toBe("BA");
  await expect(area(page)).toBeFocused();
  await app.toast("C removed").getByRole("button", { name: "Undo" }).click();
  await expect.poll(names).toBe("BCA");
});

test("what cannot be kept says why beside its field, and Esc leaves everything as it was", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", {
    targets: [{ name: "Shop", url: "http://localhost:3000/", headers: [] }],
  });
  await app.openArea("Forwarding");

  await area(page).getByRole("button", { name: "Add a target" }).click();
  const form = area(page).getByRole("form", { name: "New target" });
  await form.getByLabel("Name").fill("shop");
  await form.getByLabel("URL").fill("file:///etc/passwd");
  await form.getByLabel("Headers to add").fill("Host: evil");
  await form.getByRole("button", { name: "Add" }).click();
  await expect(form.getByRole("alert")).toHaveText([
    "Use an http:// or https:// URL, or a bare port.",
    /^Host, Content-Length/,
  ]);
  await form.getByLabel("URL").fill("4000");
  await form.getByLabel("Headers to add").fill("X-Stage: dev");
  await form.getByLabel("URL").press("Enter");
  await expect(form.getByRole("alert")).toHaveText("There is a target of this name already.");
  await form.getByLabel("URL").press("Escape");
  await expect(form).toHaveCount(0);
  await expect(area(page).getByRole("button", { name: "Add a target" })).toBeFocused();

  await area(page).getByRole("button", { name: "Add a route" }).click();
  const route = area(page).getByRole("form", { name: "New route" });
  await route.getByLabel("Name").fill("Typo");
  await route.getByLabel("Deliveries").fill("stauts:200");
  await route.getByRole("button", { name: "Add" }).click();
  await expect(route.getByRole("alert")).toHaveText("There is no key “stauts:”. Did you mean status:?");
  expect((await settingsOf(inspector)).routes).toEqual([]);
});

test("relay is chosen in one place, which says what it means, and the sender's tries are told with their delivery", async ({
  app,
  page,
  inspector,
}) => {
  await using shop = await startReceiver();
  shop.status = 500;
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { forwardTo: shop.url });
  await app.openArea("Forwarding");
  await area(page)
    .getByRole("radio", { name: /^Relay your server's answer/ })
    .check();
  await expect(area(page).getByText("Strangers get 202.")).toBeVisible();
  await expect.poll(async () => (await settingsOf(inspector)).answerMode).toBe("relay");

  expect((await sendDelivery(inspector.listenerUrl, { body: LIVE })).status).toBe(500);
  await app.openArea("Deliveries");
  await app.rows("li1").first().click();
  const card = app.detail.getByRole("region", { name: "As api.video sees it" });
  await expect(card).toContainText("500 means failed: api.video tries again some three seconds later.");
  for (let n = 0; n < 3; n++) await sendDelivery(inspector.listenerUrl, { body: LIVE });

  await expect(card.getByRole("list", { name: "Tries" }).getByRole("listitem")).toHaveText(
    Array.from({ length: 4 }, () => /Answered 500, as your server did/),
  );
  await expect(card).toContainText("that was the last try: the event is lost to api.video");
  shop.status = 204;
  await sendDelivery(inspector.listenerUrl, { body: LIVE });
  await expect(card).toContainText("api.video takes it as delivered after 5 tries");
});

test("with the engine gone nothing of it can be changed, and what was being written is there when it is back", async ({
  app,
  page,
  inspector,
}) => {
  await makeLineCuttable(page);
  await page.reload();
  await expect(app.status).toBeVisible();
  await skipFirstRun(inspector);
  await fillForwarding(inspector, "http://localhost:3000/");
  await app.openArea("Forwarding");
  await area(page).getByRole("button", { name: "Change Live" }).click();
  const query = area(page).getByLabel("Deliveries");
  await query.fill("type:live-stream sig:verified");

  await cutLine(page);

  await expect(query).toHaveAttribute("readonly");
  const usable = area(page).locator("button, input, textarea").and(page.locator(":not([aria-disabled=true])"));
  await expect(usable).toHaveText([/^Change/, "Cancel"]);
  await expect(area(page).getByText("Something listens here")).toHaveCount(0);
  await query.press("Enter");
  await joinLine(page);
  await expect(area(page).getByRole("button", { name: "Save" })).toBeEnabled();
  await expect(query).toHaveValue("type:live-stream sig:verified");
  expect((await settingsOf(inspector)).routes[0]?.query).toBe("type:live-stream");
});

test("axe finds nothing in either theme, and nothing is cut from 320 to 2560 px", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await app.openArea("Forwarding");
  await expect(area(page)).toContainText("Accept at once");
  await expectNoFindings(page);
  await fillForwarding(inspector, "http://127.0.0.1:1/");
  await expect(area(page)).toContainText("There is no target “Gone”");
  for (const button of ["Change Shop", "Change Live", "Change Busy"]) {
    await area(page).getByRole("button", { name: button }).click();
  }
  await expectNoFindings(page);
  for (const width of [320, 700, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNothingCut(page, `forwarding at ${width} px`);
  }
});

test.describe("in a run that forwards and answers otherwise", () => {
  test.use({ flags: ["--forward-to", "3999", "--relay", "--skip-verify", "-H", "Authorization: Bearer s3cret"] });

  test("the flags that decide are named, their values are not to be changed, and what is secret is not shown", async ({
    app,
    page,
    inspector,
  }) => {
    await skipFirstRun(inspector);
    await app.openArea("Forwarding");
    await expect(area(page).getByText("Set by --relay; start without it to change it here.")).toBeVisible();
    await expect(area(page).getByRole("radio", { name: /^Accept at once/ })).toBeDisabled();

    await app.openArea("Settings");
    const settings = page.getByRole("main", { name: "Settings" });
    await expect(settings.getByText("Headers for this run")).toBeVisible();
    await expect(settings.getByText("Any certificate")).toBeVisible();
    await expect(settings.getByText("start the app without --skip-verify")).toBeVisible();
    await expect(settings.getByText("Authorization", { exact: true })).toBeVisible();
    await expect(page.getByText("s3cret")).toHaveCount(0);
  });
});
