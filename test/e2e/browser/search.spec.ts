import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

test.describe("among 10 000 deliveries", () => {
  const EARLIER = 9_800;
  const LATER = 200;
  test.use({ history: EARLIER });

  test("the one that failed is found, and it says why", async ({ app, page, inspector }) => {
    await skipFirstRun(inspector);
    const type = "video.encoding.quality.completed";
    await inspector.client.call("simulator.trigger", { type, signature: "reserialised" });
    await inspector.client.call("simulator.trigger", { type, count: LATER });
    await expect(app.list).toHaveAttribute("aria-rowcount", String(EARLIER + 1 + LATER + 1));

    await page.keyboard.press("/");
    await page.keyboard.type("fail");
    await expect(app.suggestion("sig:failed")).toContainText("A secret is known, and it does not fit");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");

    await expect(app.rows()).toHaveCount(1);
    await expect(page.getByText(/1 of 10.001 deliveries/)).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "1 delivery matches" })).toHaveCount(1);
    await page.keyboard.press("j");
    await expect(app.detail).toContainText(/JSON/);
    await expect(app.detail).toContainText("re-serialised");
  });
});

test("terms are written, completed, changed and taken away by keyboard alone", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  for (const quality of ["720p", "480p"]) {
    await sendDelivery(inspector.listenerUrl, { body: `{"type":"made.up","data":{"quality":"${quality}"}}` });
  }
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
  await expect(app.rows()).toHaveCount(3);

  await page.keyboard.press("/");
  await expect(app.suggestion("type:")).toBeVisible();
  await page.keyboard.type("data.quality=720p ");
  await expect(app.chip("data.quality=720p")).toBeVisible();
  await expect(app.rows()).toHaveCount(1);
  await page.keyboard.press("Backspace");
  await expect(app.chip("data.quality=720p")).toHaveCount(0);
  await expect(app.rows()).toHaveCount(3);

  await page.keyboard.type("type:");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(app.filter).toHaveAttribute("aria-activedescendant", /./);
  await expect(page.getByRole("listbox", { name: "Suggestions" }).getByRole("option", { selected: true })).toHaveText(
    /^type:live-stream\.broadcast\.started/,
  );
  await page.keyboard.press("Enter");
  await expect(app.chip("type:live-stream.broadcast.started")).toBeVisible();
  await expect(app.filter).toBeFocused();
  await expect(app.rows("Live started")).toHaveCount(1);

  await page.keyboard.type("-live");
  await expect(page.getByRole("heading", { name: "No delivery matches the filter" })).toBeVisible();
  await page.getByRole("button", { name: "Drop type:live-stream.broadcast.started" }).press("Enter");
  await expect(app.rows()).toHaveCount(2);
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await expect(app.filter).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();
});

test("what cannot be read is pointed at, and the list says that it still shows what it did", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", signature: "missing" });
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await app.filter.fill("sig:unsigned stauts:none");

  await expect(app.filter).toHaveAttribute("aria-invalid", "true");
  await expect(app.filter).toHaveAccessibleDescription(/There is no key “stauts:”\. Did you mean status:\?/);
  await expect(page.getByText("Not applied: the list still shows all deliveries")).toBeVisible();
  await expect(app.rows()).toHaveCount(2);
  await page.getByRole("button", { name: "Use status:" }).click();

  await expect(app.chip("status:none")).toBeVisible();
  await expect(app.rows("Unsigned")).toHaveCount(1);
  await page.reload();
  await expect(app.chip("sig:unsigned")).toBeVisible();
  await app.chip("sig:unsigned").getByRole("button", { name: "Remove" }).click();
  await expect(app.rows()).toHaveCount(2);
});

test("where nothing is found, what was most likely meant is a click away", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.encoding.quality.completed", count: 2 });
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", signature: "missing" });
  await expect(app.rows()).toHaveCount(3);

  await app.filter.fill("Rendition");
  await expect(app.rows("Rendition ready")).toHaveCount(2);

  await app.filter.fill("unsigned");
  await page.getByRole("button", { name: "Look for sig:unsigned" }).click();
  await expect(app.chip("sig:unsigned")).toBeVisible();
  await expect(app.rows("Captions ready")).toHaveCount(1);

  await app.filter.focus();
  await page.getByRole("button", { name: "Clear filter" }).click();
  await app.filter.fill("langage=en ");
  await expect(page.getByText("No delivery has “en” at langage. No event of api.video has langage.")).toBeVisible();
  await expect(page.getByText("By path, bodies up to 256 kB are searched.")).toBeVisible();
  await page.getByRole("button", { name: "Look for language=en" }).press("Enter");
  await expect(app.chip("language=en")).toBeVisible();
});

test("operators of other searches are pointed at, and can be looked for as text", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await app.filter.fill("captions OR live");

  await expect(app.filter).toHaveAccessibleDescription(/OR is not a word of this search.*commas/);
  await expect(app.rows()).toHaveCount(1);
  await page.getByRole("button", { name: "Look for it as text" }).click();

  await expect(app.filter).toHaveValue('captions "OR" live');
  await expect(app.rows()).toHaveCount(0);
});

test("a filter is saved under a name, chosen again, and deleted with a way back", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", signature: "missing" });
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await app.filter.fill("sig:unsigned nowhere");
  await expect(app.rows()).toHaveCount(0);
  await app.filter.fill("sig:unsigned ");
  await expect(app.rows()).toHaveCount(1);

  await page.getByRole("button", { name: "Saved searches" }).click();
  await app.dialog.getByLabel("Save the present filter as").fill("Nobody signed");
  await page.keyboard.press("Enter");
  await expect(app.dialog).toContainText("is saved as “Nobody signed”");
  await app.dialog.getByRole("button", { name: /^Failed signatures/ }).click();
  await expect(app.dialog).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "No delivery matches the filter" })).toBeVisible();

  await page.getByRole("button", { name: "Saved searches" }).click();
  await app.dialog.getByRole("button", { name: "Delete Nobody signed" }).click();
  await expect(app.dialog).not.toContainText("Yours");
  await app.toast("deleted").getByRole("button", { name: "Undo" }).click();
  await app.dialog.getByRole("button", { name: /^Nobody signed/ }).click();
  await expect(app.rows("Unsigned")).toHaveCount(1);
});
