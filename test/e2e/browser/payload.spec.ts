import { readFile } from "node:fs/promises";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import type { InspectorPage } from "../pages/inspector-page.ts";

async function openPayload(app: InspectorPage, inspector: Inspector, body: string | Buffer): Promise<void> {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { body });
  await app.rows().first().click();
  await app.tab("Payload").click();
}

test("a payload is a tree, and text exactly as it came or formatted", async ({ app, inspector }) => {
  await openPayload(app, inspector, '{"type":"x","id":12345678901234567890}');

  await expect(app.detail.getByRole("treeitem", { name: /^id:/ })).toHaveText("id: 12345678901234567890");
  await app.detail.getByRole("button", { name: "Text" }).click();
  const payload = app.detail.getByRole("region", { name: "Payload" });
  await expect(payload).toContainText('{"type":"x","id":12345678901234567890}');
  await expect(app.detail).toContainText("The bytes as they came");
  await app.detail.getByLabel("Formatted").check();

  await expect(payload).toContainText('"id": 12345678901234567890');
});

test("a tree is read by keyboard, filtered, and its values and paths are copied", async ({ app, page, inspector }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const long = "lorem ipsum ".repeat(80_000);
  const hostile = `{"type":"video.summary.generated","emittedAt":"soon","videoId":"vi1","deep":${"[".repeat(10_000)}1${"]".repeat(10_000)},"n":1e400,"__proto__":{"list":[{"name":"a"},{"name":"<b>found</b>"}]},"text":"${long}","n":-0.10}`;
  await openPayload(app, inspector, hostile);
  const tree = app.detail.getByRole("tree", { name: "Payload" });
  const value = app.detail.getByRole("region", { name: "Selected value" });

  await tree.focus();
  await page.keyboard.press("End");
  await expect(value).toContainText("number");
  await page.keyboard.press("Control+c");
  await expect.poll(clipboard).toBe("-0.10");
  await page.keyboard.press("ArrowUp");
  await expect(value).toContainText("text");
  await app.detail.getByRole("button", { name: "Show all" }).click();
  await expect(app.detail.getByRole("region", { name: "The whole value" })).toContainText("lorem ipsum");

  await app.detail.getByLabel("Filter keys and values").fill("found");
  await expect(app.detail.getByRole("status").filter({ hasText: "1 match" })).toBeVisible();
  await expect(app.detail.getByRole("treeitem")).toHaveCount(5);
  await tree.focus();
  await page.keyboard.press("End");
  await expect(value).toContainText("__proto__.list[1].name");
  await app.detail.getByRole("button", { name: "Copy path" }).click();
  await expect.poll(clipboard).toBe("__proto__.list[1].name");

  await app.detail.getByLabel("Filter keys and values").fill("");
  await app.tab("Headers").click();
  await app.tab("Payload").click();
  await expect(value).toContainText("__proto__.list[1].name");
});

test("a payload is saved byte for byte, whatever it is", async ({ app, page, inspector }) => {
  const body = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xfe]);
  await openPayload(app, inspector, body);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    app.detail.getByRole("button", { name: "Save" }).click(),
  ]);

  expect(download.suggestedFilename()).toMatch(/^delivery-d\d+\.bin$/);
  expect(await readFile(await download.path())).toEqual(body);
});

test("what is not JSON is shown as text", async ({ app, inspector }) => {
  await openPayload(app, inspector, "plainly no JSON");

  await expect(app.detail).toContainText("Not JSON: shown as it came.");
});

test("what is not text is shown as bytes", async ({ app, inspector }) => {
  await openPayload(app, inspector, Buffer.from([0xff, 0xfe, 0x41]));
  await expect(app.detail).toContainText("Not UTF-8 text: shown as bytes");
  await expect(app.detail.getByRole("region", { name: "Payload" })).toContainText("ff fe 41");
});

test("an empty payload says that it is empty", async ({ app, inspector }) => {
  await openPayload(app, inspector, "");

  await expect(app.detail).toContainText("The delivery has no body.");
});

test("of a payload of 9 MiB the first part is shown, and all of it when asked for", async ({ app, inspector }) => {
  const body = JSON.stringify({
    type: "big",
    entries: Array.from({ length: 300_000 }, (_, index) => `entry ${index} …`),
  });
  await openPayload(app, inspector, body);

  await expect(app.rows("big")).toHaveCount(1);
  await expect(app.detail).toContainText(/The first 1 MB of \d/);
  await app.detail.getByRole("button", { name: "Load all" }).press("Enter");

  await expect(app.detail.getByRole("button", { name: /^Load/ })).toHaveCount(0);
  await expect(app.detail.getByRole("tabpanel", { name: "Payload" })).toBeFocused();
  await expect(app.detail.getByRole("treeitem", { name: /^entries:/ })).toContainText("300 000 values");
  await app.detail.getByRole("button", { name: "Expand all" }).click();
  await app.detail.getByRole("tree").press("End");
  await expect(app.detail.getByRole("treeitem", { selected: true })).toContainText('299999: "entry 299999 …"');
});

test("all that was found in a payload is marked, however much it is", async ({ app, inspector }) => {
  await openPayload(app, inspector, `[${"1,".repeat(3_000)}2]`);
  await app.detail.getByRole("button", { name: "Text" }).click();

  await app.detail.getByLabel("Find in the payload").fill("1");

  const marks = app.detail.getByRole("region", { name: "Payload" }).locator("mark");
  await expect(marks).toHaveText(Array(3_000).fill("1"));
});

test("hostile text is text everywhere, and shows what it hides", async ({ app, page, inspector }) => {
  const script = "<img src=x onerror=\"document.title='harmed'\"><script>document.title='harmed'</script>";
  const hostile = { type: `\u202e${script}`, videoId: `${script}\u0000`, quality: script };
  await skipFirstRun(inspector);
  await sendDelivery(`${inspector.listenerUrl}/%3Cb%3E`, {
    body: JSON.stringify(hostile),
    headers: { "X-Evil": "<svg onload=\"document.title='harmed'\">" },
  });

  await app.rows("<img").click();

  await expect(app.rows("<img")).toContainText("\\u202e");
  await expect(app.detail.getByRole("heading", { level: 1 })).toContainText("<script>");
  for (const name of ["Payload", "Headers", "Attempts", "Raw", "Overview"] as const) {
    await app.tab(name).click();
    await expect(app.tab(name)).toHaveAttribute("aria-selected", "true");
  }
  await app.tab("Headers").click();
  await expect(app.detail.getByRole("table")).toContainText("<svg onload=");
  await expect(page).toHaveTitle("api.video Webhook Inspector");
  expect(await page.locator("img, script:not([src])").count()).toBe(0);
});
