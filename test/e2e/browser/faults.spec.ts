import { startReceiver } from "../../helpers/receiver.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";

test("an attempt says what was done to it on purpose", async ({ app, page, inspector }) => {
  const { client } = inspector;
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await client.call("settings.update", { forwardTo: receiver.url });
  await client.call("faults.set", { fault: { kind: "drop" }, next: 1 });
  await client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect.poll(async () => (await client.call("app.snapshot", {})).faults).toBeNull();
  await client.call("faults.set", { fault: { kind: "wrong-secret" }, next: null });

  await app.rows().first().click();
  await app.tab("Attempts").click();
  await expect(app.detail.getByText("Not sent", { exact: true })).toBeVisible();
  await expect(app.detail.getByText("Fault: Dropped on purpose")).toBeVisible();
  await page.keyboard.press("r");
  await expect(app.detail.getByText("200", { exact: true })).toBeVisible();
  await expect(app.detail.getByText(/^Fault:/)).toHaveCount(1);

  await client.call("simulator.trigger", { type: "video.source.recorded" });
  await app.rows("Live recorded").click();
  await expect(app.detail.getByText("Fault: Signed with a wrong secret")).toBeVisible();
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNothingCut(page, "an attempt with a fault");
});
