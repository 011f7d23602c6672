import { expect } from "@playwright/test";
import { host } from "../../electron-harness/launch.ts";
import { startRelay } from "../../helpers/relay.ts";
import { calls, test } from "./fixtures.ts";

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
