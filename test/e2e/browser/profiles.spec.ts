import { startTwoAccounts } from "../../helpers/two-accounts.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

test("the list of profiles opens on the one in use", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("profiles.save", { name: "Staging" });

  await page.keyboard.press("Shift+P");

  await expect(app.dialog.getByRole("button", { name: /^In use Default/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
});

test("a profile made, used and left again moves the webhook between two accounts without a restart", async ({
  app,
  page,
  inspector,
}) => {
  await using accounts = await startTwoAccounts();
  const [first, second] = accounts.keys;
  const { client } = inspector;
  await skipFirstRun(inspector);
  await client.call("settings.update", { api: accounts.url });
  await client.call("secrets.set", { kind: "api-key", environment: "custom", value: first });
  await app.openArea("Settings");

  await page.getByLabel("New profile from what is set now").fill("Second account");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("button", { name: "Profile Second account" })).toBeVisible();
  await page.getByRole("textbox", { name: "API key" }).fill(second);
  await page.getByRole("button", { name: "Check and keep the key" }).click();
  await expect.poll(accounts.webhooks).toEqual([[], [expect.any(String)]]);

  await page.getByRole("button", { name: "Profile Second account" }).click();
  await app.dialog.getByRole("button", { name: "Default" }).click();
  await expect.poll(accounts.webhooks).toEqual([[expect.any(String)], []]);
  await page.getByRole("button", { name: "Delete Second account" }).click();
  await expect(page.getByRole("list", { name: "Profiles" }).getByRole("listitem")).toHaveCount(1);
  await app.toast("and its keys are deleted").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Use Second account" }).click();
  await expect.poll(accounts.webhooks).toEqual([[], [expect.any(String)]]);
});

test("whatever is done with a profile by key, the focus stays with it, and its name is never taken", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.openArea("Settings");
  const profiles = page.getByRole("list", { name: "Profiles" });
  const button = (name: string) => profiles.getByRole("button", { name, exact: true });

  await button("Duplicate Default").press("Enter");
  await expect(button("Use Default copy")).toBeVisible();
  await expect(button("Duplicate Default")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(button("Use Default copy 2")).toBeVisible();

  await button("Rename Default copy").press("Enter");
  await page.keyboard.press("Escape");
  await expect(button("Rename Default copy")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Staging");
  await page.keyboard.press("Enter");
  await expect(button("Rename Staging")).toBeFocused();

  await button("Use Staging").press("Enter");
  await expect(profiles.getByRole("listitem").filter({ hasText: "In use" })).toContainText("Staging");
  await expect(button("Rename Staging")).toBeFocused();
  await button("Delete Default copy 2").press("Enter");
  await expect(button("Delete Default copy 2")).toHaveCount(0);
  await expect(page.getByRole("main", { name: "Settings" })).toBeFocused();
});

test("what is typed and not saved goes with the profile it was typed for", async ({ app, page, inspector }) => {
  const { client } = inspector;
  await skipFirstRun(inspector);
  await client.call("profiles.save", { name: "Staging" });
  await app.openArea("Settings");
  const target = page.getByLabel("Forward to");
  await target.fill("http://localhost:4000/default");
  await page.getByLabel("Deliveries to keep").fill("500");

  await page.getByRole("button", { name: "Use Staging" }).click();

  await expect(app.toast("Staging is in use.")).toBeVisible();
  await expect(target).toHaveValue("");
  await expect(page.getByLabel("Deliveries to keep")).toHaveValue("500");
  await page.getByRole("button", { name: "Use Default" }).click();
  await expect(target).toHaveValue("http://localhost:4000/default");
});
