import { expect, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";

test("a target on a host that is not allowed is told of at the field, and allowed there or where it was refused", async ({
  app,
  page,
  inspector,
}) => {
  const { client } = inspector;
  const allowed = async () => (await client.call("settings.get", {})).values.allowedTargets;
  await skipFirstRun(inspector);
  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });
  const told = settings.getByText("is not this machine, and not among the allowed hosts");

  await settings.getByLabel("Forward to").fill("https://staging.invalid/hook");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(told).toHaveText("staging.invalid is not this machine, and not among the allowed hosts.");
  await settings.getByRole("button", { name: "Allow staging.invalid" }).press("Enter");
  await expect(told).toHaveCount(0);
  await expect(settings.getByLabel("Allowed hosts")).toHaveValue("staging.invalid");
  await expect(settings).toBeFocused();

  await settings.getByLabel("Forward to").fill("http://192.0.2.1:9/hook");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(told).toBeVisible();
  await client.call("simulator.trigger", { type: "video.caption.generated" });
  await app.openArea("Connection");
  const connection = page.getByRole("main", { name: "Connection" });
  await expect(connection.getByRole("button", { name: "Allow 192.0.2.1" })).toBeVisible();
  await app.openArea("Deliveries");
  await app.rows().first().click();
  await page.keyboard.press("r");
  await app.toast("192.0.2.1").getByRole("button", { name: "Allow 192.0.2.1" }).click();
  await expect.poll(allowed).toEqual(["staging.invalid", "192.0.2.1"]);
});

test("a long name of a host that is to be allowed is whole in a window of 320 px", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await page.setViewportSize({ width: 320, height: 800 });
  const host = "a-rather-long-name.of-some-host.staging.example.com";
  await inspector.client.call("settings.update", { forwardTo: `https://${host}/hook` });
  await app.openArea("Settings");

  await expect(page.getByRole("button", { name: `Allow ${host}` })).toBeVisible();
  await expectNothingCut(page, "a host to allow");
});
