import { expectNoFindings } from "../axe.ts";
import { test, uploadVideo } from "../connected.ts";
import { expect, type Inspector } from "../fixtures.ts";
import { readFurtherDown, selectedPlace } from "../reading.ts";

const gapOf = async ({ client }: Inspector) => (await client.call("gaps.list", {})).gaps[0];

test("a gap stands in the list, and what was missed in it is found and simulated", async ({
  app,
  page,
  inspector,
  relay,
  account,
}) => {
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await relay.kill();
  await expect(app.rows("Path is down since")).toBeVisible();
  await uploadVideo(account, "Holiday in June");
  await expect.poll(account.givenUp).toBe(4);
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
  await relay.restart();
  await expect(app.rows("Path was down for")).toBeVisible();

  // Between what came before and after it, counted like any row, and no delivery: neither chosen nor counted.
  await expect(app.rows()).toHaveText([/Live started/, /Path was down for/, /Captions ready/]);
  const gap = app.rows("Path was down for");
  await expect(gap).toHaveAttribute("aria-rowindex", "3");
  await expect(app.list).toHaveAttribute("aria-rowcount", "4");
  await expect(gap).toContainText((await gapOf(inspector))?.message ?? "?");
  await gap.click({ position: { x: 40, y: 20 } });
  await expect(app.selectedRow).toHaveCount(0);
  await app.list.focus();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(app.selectedRow).toContainText("Captions ready");
  await app.filter.fill("caption");
  await expect(app.rows()).toHaveText([/Captions ready/]);
  await app.filter.fill("");

  await gap.getByRole("button", { name: "What did I miss?" }).click();
  const missed = app.dialog.getByRole("list", { name: "Missed events" }).getByRole("listitem");
  await expect(missed).toHaveCount(4);
  await expect(missed.first()).toContainText("Rendition ready, hls 240p");
  await expect(missed.first()).toContainText("Holiday in June");
  await expectNoFindings(page);

  await missed.first().getByRole("button", { name: "Simulate" }).click();
  await expect(missed.first()).toContainText("Simulated");
  await app.dialog.getByRole("button", { name: "Simulate all" }).click();
  await expect(missed.getByText("Simulated")).toHaveCount(4);
  await app.dialog.getByRole("button", { name: "Check again" }).click();
  await expect(app.dialog).toContainText("Nothing is missing: 1 video agrees");

  await page.keyboard.press("Escape");
  await expect(app.dialog).toBeHidden();
  await expect(app.rows("Rendition ready").filter({ has: page.getByRole("img", { name: "Simulated" }) })).toHaveCount(
    4,
  );
});

test("the dialog says why api.video could not be asked, and opens by key", async ({
  app,
  page,
  inspector,
  relay,
  account,
}) => {
  await relay.kill();
  await expect(app.rows("Path is down since")).toBeVisible();
  await account[Symbol.asyncDispose]();

  await page.keyboard.press("m");

  await expect(app.dialog).toContainText("api.video could not be asked.");
  await expect(app.dialog).toContainText("cannot be reached");
  await expect(app.dialog.getByRole("button", { name: "Check again" })).toBeVisible();
  expect((await gapOf(inspector))?.to).toBeNull();
});

test("a gap that comes above never moves what is being read", async ({ app, page, inspector, relay, account }) => {
  expect(account.givenUp()).toBe(0);
  const before = await readFurtherDown(app, inspector);

  await relay.kill();
  await expect(app.list).toHaveAttribute("aria-rowcount", "62");
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started", count: 2 });
  await expect(page.getByRole("button", { name: "2 new" })).toBeVisible();

  expect(await selectedPlace(app)).toBe(before);
});
