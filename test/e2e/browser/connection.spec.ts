import { startRelay } from "../../helpers/relay.ts";
import { expectNoFindings } from "../axe.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";

test("the address for webhooks can be copied from the status strip, or from where a click on it leads", async ({
  app,
  page,
  inspector,
}) => {
  await using relay = await startRelay();
  await skipFirstRun(inspector);
  await page.setViewportSize({ width: 640, height: 700 });
  const host = new URL(inspector.listenerUrl).host;
  await expect(app.status.getByText(host, { exact: true })).toBeInViewport();
  await expect(app.status.getByRole("button", { name: "Copy listener URL" })).toBeInViewport();

  await inspector.client.call("settings.update", { tunnelHost: relay.url, tunnel: "localtunnel" });

  const copy = app.status.getByRole("button", { name: "Copy public URL" });
  await expect(copy).toBeInViewport();
  const { tunnel } = await inspector.client.call("app.snapshot", {});
  await expect(app.status.getByText(new URL(tunnel.url ?? "").host, { exact: true })).toBeInViewport();
  await expect(app.status.getByRole("button", { name: "Copy listener URL" })).toBeHidden();
  await page.setViewportSize({ width: 639, height: 700 });
  await expect(copy).toBeHidden();
  await app.status.getByRole("button", { name: "Tunnel" }).click();
  await expect(
    page.getByRole("main", { name: "Connection" }).getByRole("button", { name: "Copy public URL" }),
  ).toBeVisible();
});

test("however long the URLs are, the status strip takes one line", async ({ app, page, inspector }) => {
  await using relay = await startRelay();
  const { client } = inspector;
  await skipFirstRun(inspector);
  await client.call("settings.update", { forwardTo: "http://127.0.0.1:3000/webhooks/of/api-video/for/the/whole/team" });
  const host = app.status.getByText(new URL(inspector.listenerUrl).host, { exact: true });
  for (const width of [640, 768, 1000]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => host.evaluate((text) => text.scrollWidth - text.clientWidth), `${width} px`).toBe(0);
  }
  await client.call("settings.update", { tunnelHost: relay.url, tunnel: "localtunnel" });
  await expect(app.status.getByRole("button", { name: "Copy public URL" })).toBeAttached();
  const { id } = await client.call("profiles.save", { name: "What the whole video team tries out" });
  await client.call("profiles.use", { id });

  for (const width of [640, 768, 999, 1000, 1200, 1280, 1535, 1536, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(async () => (await app.status.boundingBox())?.height, `${width} px`).toBeLessThan(46);
    await expect(app.status.getByRole("button", { name: "Commands" })).toBeInViewport({ ratio: 1 });
    await expectNothingCut(page, `the strip at ${width} px`);
  }
  await expect(app.status.getByText(":3000/webhooks/of/api-video/for/the/", { exact: true })).toBeInViewport();
  await expect(
    app.status.getByRole("button", { name: "Forward :3000/webhooks/of/api-video/for/the/whole/team" }),
  ).toBeVisible();
});

test("where the status strip has no room for “not registered”, it does not read “registered”", async ({
  app,
  page,
  inspector,
}) => {
  await using relay = await startRelay();
  const { client } = inspector;
  await skipFirstRun(inspector);
  await page.setViewportSize({ width: 1000, height: 700 });
  await client.call("settings.update", { forwardTo: "http://127.0.0.1:3000/webhooks/of/api-video" });
  await client.call("settings.update", { tunnelHost: relay.url, tunnel: "localtunnel" });
  await client.call("tunnel.close", {});

  const link = app.status.getByRole("button", { name: "api.video simulator, not registered" });
  await expect(link).toBeVisible();
  await expect(link.getByText("registered", { exact: true })).toHaveCount(0);
});

test("the chain shows where it is broken, and that it mended itself", async ({ app, page, inspector }) => {
  await using relay = await startRelay();
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { tunnelHost: relay.url, tunnel: "localtunnel" });
  await app.openArea("Connection");
  const link = (title: string) =>
    page.getByRole("list", { name: "The way of a webhook" }).getByRole("listitem").filter({ hasText: title });

  await expect(link("Public URL")).toContainText(/Works.*there and back in \d+ ms/);
  await expect(link("api.video")).toContainText("Works");
  await link("Public URL").getByRole("button", { name: "Prove now" }).click();
  await expect(link("Public URL")).toContainText("Works");

  await relay.kill();
  await expect(link("Tunnel")).toContainText(/reconnecting.*Broken/);
  await expect(app.problems).toContainText("Webhooks may not get through.");
  await expect(link("api.video"), "the webhook waits for the same URL").toContainText("Works");
  await relay.restart();

  await expect(link("Tunnel")).toContainText("Works");
  await expect(page.getByText("Webhooks may not get through.")).toHaveCount(0);
  const log = page.getByRole("region", { name: "What happened" });
  await expect(log.getByRole("listitem").filter({ hasText: "is gone" })).not.toHaveCount(0);
});

test("a way to a public address is chosen by keyboard, with what one should know of it", async ({
  app,
  page,
  inspector,
}) => {
  await using relay = await startRelay();
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { tunnelHost: relay.url });
  await app.openArea("Connection");
  const none = page.getByRole("radio", { name: /^None/ });
  await expect(none).toBeChecked();

  await none.focus();
  await page.keyboard.press("ArrowDown");

  const localtunnel = page.getByRole("radio", { name: /^localtunnel/ });
  await expect(localtunnel).toBeChecked();
  await expect(page.getByText("not encrypted between its relay and this machine")).toBeVisible();
  await expect(app.status).toContainText(new URL(relay.url).hostname);
});

test("a tunnel whose program is not on this machine says what to do", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await app.openArea("Connection");

  await page.getByRole("radio", { name: /^ngrok/ }).click();

  await expect(app.problems).toContainText("The tunnel is closed.");
  await expect(app.problems).toContainText(/NGROK_AUTHTOKEN|@ngrok\/ngrok/);
});

test("axe finds nothing in the connection in either theme, at any width", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await app.openArea("Connection");
  await expect(page.getByRole("main", { name: "Connection" })).toContainText("None");

  for (const width of [1360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoFindings(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
});
