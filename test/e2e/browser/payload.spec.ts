import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import type { InspectorPage } from "../pages/inspector-page.ts";

async function openPayload(app: InspectorPage, inspector: Inspector, body: string | Buffer): Promise<void> {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { body });
  await app.rows().first().click();
  await app.tab("Payload").click();
}

test("a payload is shown formatted, and exactly as it came", async ({ app, inspector }) => {
  await openPayload(app, inspector, '{"type":"x","id":12345678901234567890}');
  const payload = app.detail.getByRole("region", { name: "Payload" });

  await expect(payload).toContainText('"id": 12345678901234567890');
  await app.detail.getByRole("button", { name: "Exact" }).click();

  await expect(payload).toContainText('{"type":"x","id":12345678901234567890}');
  await expect(app.detail).toContainText("The bytes as they came");
});

test("what is not JSON is shown as text", async ({ app, inspector }) => {
  await openPayload(app, inspector, "plainly no JSON");

  await expect(app.detail).toContainText("Not JSON: shown as it came.");
});

test("what is not text is shown as bytes", async ({ app, inspector }) => {
  await openPayload(app, inspector, Buffer.from([0xff, 0xfe, 0x41]));
  await expect(app.detail).toContainText("Not UTF-8 text: shown as bytes.");
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

  await expect(app.detail).toContainText(/The first 1 MB of \d/);
  await app.detail.getByRole("button", { name: "Load all" }).click();

  await expect(app.detail.getByRole("button", { name: "Load all" })).toHaveCount(0);
  await expect(app.detail.getByRole("button", { name: "Formatted" })).toBeEnabled();
  await expect(app.detail.getByRole("region", { name: "Payload" })).toContainText('"entry 3 …"');
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
  for (const name of ["Payload", "Headers", "Attempts", "Overview"] as const) {
    await app.tab(name).click();
    await expect(app.tab(name)).toHaveAttribute("aria-selected", "true");
  }
  await app.tab("Headers").click();
  await expect(app.detail.getByRole("table")).toContainText("<svg onload=");
  await expect(page).toHaveTitle("api.video Webhook Inspector");
  expect(await page.locator("img, script:not([src])").count()).toBe(0);
});
