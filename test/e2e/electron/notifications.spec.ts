import { expect } from "@playwright/test";
import { host } from "../../electron-harness/launch.ts";
import { startRelay } from "../../helpers/relay.ts";
import { calls, test } from "./fixtures.ts";

test("a failed signature that nobody sees is on the app's icon and told once, and a click on it shows the delivery", async ({
  desktop,
}) => {
  test.skip(host === "electron", "what the desktop was told is only remembered by the harness");
  const { app, page, call, deliver } = await desktop.start();
  await call("secrets.set", { kind: "webhook", webhookId: "webhook_1", value: "the real secret" });
  await expect(page.getByRole("region", { name: "Status" })).toBeVisible();
  await app.evaluate(({ BrowserWindow }: { BrowserWindow: { getAllWindows(): { hide(): void }[] } }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide();
  });

  for (let n = 0; n < 3; n++) await deliver({ type: "video.encoding.quality.completed", n }, "another secret");
  await expect.poll(() => calls(app)).toContain("app.setBadgeCount 3");
  const told = (await calls(app)).filter((name) => name.startsWith("Notification.show"));
  expect(told).toEqual(["Notification.show A signature failed Rendition ready. Open it to see why."]);

  await app.evaluate(({ Notification }: { Notification: { shown: { emit(event: string): void }[] } }) =>
    Notification.shown.at(-1)?.emit("click"),
  );

  await expect(page.getByRole("row", { selected: true })).toContainText("Failed");
  expect(await calls(app)).toContain("app.setBadgeCount 0");
});

test("while nobody looks at the window, the desktop tells that webhooks do not get through, and that they do again", async ({
  desktop,
}) => {
  test.skip(host === "electron", "what the desktop was told is only remembered by the harness");
  await using relay = await startRelay();
  const { app, page, call } = await desktop.start();
  await call("settings.update", { tunnelHost: relay.url, tunnel: "localtunnel" });
  await expect(page.getByRole("region", { name: "Status" })).toContainText(/Tunnel\s*127/);

  await app.evaluate(({ BrowserWindow }: { BrowserWindow: { getAllWindows(): { hide(): void }[] } }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide();
  });
  await relay.kill();
  await expect
    .poll(() => calls(app), { timeout: 20_000 })
    .toContainEqual(expect.stringMatching(/^Notification\.show Webhooks do not get through The relay/));
  await relay.restart();

  await expect
    .poll(() => calls(app), { timeout: 20_000 })
    .toContainEqual(expect.stringMatching(/^Notification\.show Webhooks get through again/));
});
