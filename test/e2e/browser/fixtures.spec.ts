import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { readFixture } from "#shared/fixtures/fixture-text.ts";
import { toJunit } from "../../../src/core/hosts/cli/fixtures/junit.ts";
import type { FixtureResult } from "../../../src/core/hosts/cli/fixtures/replay-fixture.ts";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { expectNoFindings } from "../axe.ts";
import { expect, receiveFirst, skipFirstRun, test } from "../fixtures.ts";

test("one delivery is saved as a fixture from its menu", async ({ app, page, inspector }) => {
  await receiveFirst(app, inspector);

  await app.rows().click({ button: "right" });
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save as a fixture" }).click();

  const file = await download;
  const reading = readFixture(readFileSync(await file.path(), "utf8"));
  expect(reading).toMatchObject({ kind: "fixture", fixture: { type: "video.caption.generated" } });
  expect(file.suggestedFilename()).toMatch(/^\d{8}-\d{9}-d1-video\.caption\.generated-.*\.json$/);
  await expect(app.toast("Fixture saved, 1 value redacted. Test secret: sig_sec_fixture-not-a-secret")).toBeVisible();
});

test("a delivery that cannot be a fixture says why", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { body: "x".repeat(11 * 1024 * 1024) });

  await app.rows().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Save as a fixture" }).click();

  await expect(app.toast("This cannot be a fixture. Only a part of it arrived.")).toBeVisible();
});

test("marked deliveries are written into a folder, with what was left out and how to run them", async ({
  app,
  page,
  inspector,
}) => {
  using dir = tempDir();
  await receiveFirst(app, inspector);
  for (const type of ["video.encoding.quality.completed", "video.source.recorded"])
    await inspector.client.call("simulator.trigger", { type });
  await sendDelivery(inspector.listenerUrl, { body: '{"type":' });
  await expect(app.rows()).toHaveCount(4);
  await inspector.client.call("settings.update", { redact: ["body:videoId"] });
  await app.list.focus();
  await page.keyboard.press("Control+a");

  await page.getByRole("button", { name: "Save as fixtures" }).click();
  await expect(app.dialog).toContainText("Save 4 deliveries as fixtures");
  await expect(app.dialog).toContainText("1 redaction rule takes out");
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("alert")).toHaveText("Name the folder.");
  await expectNoFindings(page);
  await app.dialog.getByLabel("Folder").fill(join(dir.path, "no", "webhooks"));
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("alert")).toContainText("is not there, nor is the folder above it");
  await app.dialog.getByLabel("Folder").fill(join(dir.path, "webhooks"));
  await page.keyboard.press("Enter");

  await expect(app.dialog.getByRole("status")).toContainText("3 fixtures written, 1 left out. 3 values redacted.");
  await expect(app.dialog.getByRole("list", { name: "Left out" })).toContainText("d4: Its body is broken JSON");
  await expect(app.dialog).toContainText(`events replay ${join(dir.path, "webhooks")} --to http://localhost:3000`);
  await expect(app.dialog.getByRole("button", { name: "Close" }).last()).toBeFocused();
  await expectNoFindings(page);
  expect(readdirSync(join(dir.path, "webhooks"))).toHaveLength(3);
});

test("rules and the live folder are set in Settings, which say what is wrong with them", async ({
  app,
  page,
  inspector,
}) => {
  using dir = tempDir();
  await receiveFirst(app, inspector);
  await app.openArea("Settings");

  const rules = page.getByLabel("Redaction", { exact: true });
  await rules.fill("header:Cookie\nsecret");
  await rules.locator("..").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "is no rule" })).toBeVisible();
  await rules.fill("header:Cookie\nbody:videoId");
  await rules.locator("..").getByRole("button", { name: "Save" }).click();
  await expect(rules.locator("..").getByRole("button", { name: "Save" })).toHaveCount(0);
  expect((await inspector.client.call("settings.get", {})).values.redact).toEqual(["header:Cookie", "body:videoId"]);

  const live = page.getByRole("group", { name: "Fixture folder" });
  await live.getByLabel("Folder").fill("webhooks");
  await live.getByLabel("Folder").press("Enter");
  await expect(live.getByRole("alert")).toContainText("whole path");
  await live.getByLabel("Folder").fill(join(dir.path, "above", "live"));
  await live.getByLabel("Search").fill("type:video");
  await live.getByLabel("Search").press("Enter");
  await expect(live.getByRole("status")).toContainText("is not there, nor is the folder above it");
  await expect(app.problems).toContainText("Fixtures are not written");

  mkdirSync(join(dir.path, "above"));
  await inspector.client.call("simulator.trigger", { type: "video.uploaded" });
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
  await expect(live.getByRole("status")).toHaveCount(0, { timeout: 10_000 });
  await expect
    .poll(() => readdirSync(join(dir.path, "above", "live")).map((name) => /-(d\d+)-/.exec(name)?.[1]))
    .toEqual(["d2"]);
});

test("the results of a replay are JUnit XML that a parser takes, whatever files and answers hold", async ({ page }) => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const result: fc.Arbitrary<FixtureResult> = fc.oneof(
    fc.record({
      kind: fc.constant("failed" as const),
      file: text,
      expected: fc.constant("2xx"),
      status: fc.constant(500),
      ms: fc.nat(),
      isSigned: fc.boolean(),
      answer: fc.oneof(text, fc.constantFrom("]]>", "<!--", "\u0000\u001b[31m", "\ud800", "\ufffe", "</failure>")),
    }),
    fc.record({
      kind: fc.constant("broken" as const),
      file: text,
      faults: fc.array(fc.record({ field: text, reason: text }), { minLength: 1, maxLength: 3 }),
    }),
  );
  const suites = fc.sample(fc.array(result, { maxLength: 5 }), 200);

  const parsed = await page.evaluate(
    (documents) =>
      documents.map((xml) => {
        const document = new DOMParser().parseFromString(xml, "application/xml");
        const fault = document.querySelector("parsererror")?.textContent ?? null;
        return fault ?? document.querySelectorAll("testsuites > testsuite > testcase > :is(failure, error)").length;
      }),
    suites.map((results) => toJunit("a & <b>", results, 12)),
  );

  expect(parsed).toEqual(suites.map((results) => results.length));
});
