import { expect } from "@playwright/test";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { type Inspector, skipFirstRun } from "./fixtures.ts";
import { type InspectorPage, TAB_NAMES } from "./pages/inspector-page.ts";

/** Past the first steps, with one delivery of every kind that a list can hold. */
export async function fill(inspector: Inspector): Promise<void> {
  await skipFirstRun(inspector);
  const { client, listenerUrl } = inspector;
  const type = "video.encoding.quality.completed";
  for (const signature of ["valid", "wrong-secret", "missing", "reserialised"] as const) {
    await client.call("simulator.trigger", { type, signature });
  }
  await sendDelivery(listenerUrl, { webhookId: "webhook_elsewhere", secret: "s", body: '{"type":"video.uploaded"}' });
}

/** What nobody can read as an event. */
const MALFORMED = "{oops";
/** The filter in all its states, and back to none. */
export async function tourFilter(app: InspectorPage, look: (view: string) => Promise<void>): Promise<void> {
  const { page } = app;
  await app.filter.focus();
  await expect(app.suggestion("type:")).toBeVisible();
  await look("suggestions");
  await app.filter.fill("sig:failed -quality=1080p stauts:500");
  await expect(page.getByText("Not applied")).toBeVisible();
  await look("filter that cannot be read");
  await app.filter.fill("nowhere");
  await expect(page.getByRole("button", { name: "Drop nowhere" })).toBeVisible();
  await look("filter that hides all");
  await page.getByRole("button", { name: "Saved searches" }).click();
  // It is drawn outside the window until it has its place.
  await expect(app.dialog).toBeInViewport();
  await expect(app.dialog.getByLabel("Save the present filter as")).toBeVisible();
  await look("saved searches");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Clear filter" }).first().click();
  await expect(app.rows()).not.toHaveCount(0);
}

/** Runs, and what they are made with. */
async function tourReplays(app: InspectorPage, { client }: Inspector, look: (view: string) => Promise<void>) {
  const { page } = app;
  await app.openArea("Replays");
  await expect(page.getByRole("heading", { name: "No replays yet" })).toBeVisible();
  await look("no replays");
  await page.getByRole("button", { name: "Replay all deliveries…" }).click();
  await app.dialog.getByLabel("To", { exact: true }).fill("1");
  await app.dialog.getByLabel("Bodies of answers count as well").check();
  await expect(app.dialog).toContainText("5 deliveries to 1, in order");
  await look("new replay");
  await app.dialog.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(page.getByRole("main", { name: "Replays" })).toContainText("5 without an answer");
  await client.call("replay.batch", { query: "", target: "1", pacing: { intervalMs: 3_600_000 } });
  await page.getByLabel("The run before").selectOption("b2");
  await expect(page.getByRole("main", { name: "Replays" })).toContainText("1 same, 4 only in the second");
  await look("replay");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("article", { name: "Run b2" })).toContainText("the next in");
  await look("replays");
}

/** Goes through every view of the window from the first start on, and calls `look` in each with its name. */
export async function tour(app: InspectorPage, inspector: Inspector, look: (view: string) => Promise<void>) {
  const { page } = app;
  await expect(page.getByRole("heading", { name: "Receive your first webhook" })).toBeVisible();
  await look("first start");
  await skipFirstRun(inspector);
  await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
  await look("empty list");
  await app.openArea("Timeline");
  await expect(page.getByRole("heading", { name: "No video or live stream yet" })).toBeVisible();
  await look("empty timeline");
  await app.openArea("Deliveries");
  await fill(inspector);
  await expect(app.rows()).toHaveCount(5);
  await look("list");
  await app.list.press("Space");
  await expect(page.getByText("Paused.", { exact: true })).toBeVisible();
  await look("paused list");
  await app.list.press("Space");
  await tourFilter(app, look);

  await app.rows("Failed").first().click();
  for (const tab of TAB_NAMES) {
    await app.tab(tab).click();
    await expect(app.detail.getByRole("tabpanel", { name: tab })).not.toContainText("Loading");
    await look(tab);
  }
  await page.keyboard.press("d");
  await page.keyboard.press("j");
  await page.keyboard.press("d");
  await expect(app.dialog.getByRole("textbox").first()).toBeVisible();
  await look("compare");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await app.tab("Payload").click();
  await app.detail.getByRole("button", { name: "Text" }).click();
  await app.detail.getByLabel("Formatted").check();
  await app.detail.getByLabel("Find in the payload").fill("video");
  await expect(app.detail.getByRole("status").filter({ hasText: "1 of" })).toBeVisible();
  await look("Payload as text");
  for (const area of ["Timeline", "Connection", "Forwarding", "Webhooks", "Settings"] as const) {
    await app.openArea(area);
    await expect(page.getByRole("main", { name: area })).toBeVisible();
    if (area === "Timeline") await expect(page.getByRole("button", { name: /: Rendition ready/ })).toHaveCount(4);
    await look(area);
  }
  await tourReplays(app, inspector, look);
  await app.openArea("Settings");
  for (const [button, words] of [
    ["Copy diagnostics", "What happened to the tunnel"],
    ["Erase everything", "signing secrets of"],
  ] as const) {
    await page.getByRole("button", { name: button }).click();
    await expect(app.dialog).toContainText(words);
    await look(button);
    await page.keyboard.press("Escape");
    await expect(app.dialog).toHaveCount(0);
  }
  await page.locator("body").press("Shift+P");
  await expect(app.dialog).toContainText("Switch profile");
  await look("profiles");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await page.locator("#setting-shortcuts summary").click();
  await page.getByRole("button", { name: "Change r of Replay delivery" }).click();
  await page.keyboard.press("j");
  await expect(page.getByText("j is “Next delivery”")).toBeVisible();
  await look("change of a key");
  await page.keyboard.press("Escape");
  await page.locator("body").press("Control+k");
  await expect(app.palette).toBeFocused();
  await look("palette");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await app.openArea("Deliveries");
  await app.detail.getByRole("button", { name: "More" }).click();
  // It is there before its place is known.
  await expect(page.getByRole("menu")).toBeInViewport();
  await look("menu of a delivery");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await page.keyboard.press("e");
  await expect(app.dialog.getByRole("status").filter({ hasText: "receiver's check" })).toBeVisible();
  await look("edit dialog");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await page.keyboard.press("t");
  await expect(app.dialog.getByLabel("Signature")).toBeVisible();
  await look("trigger dialog");
  await app.dialog.getByRole("button", { name: "Play a scenario…" }).click();
  await expect(app.dialog.getByRole("radio", { name: "A storm" })).toBeVisible();
  await look("scenario dialog");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await page.locator("body").press("?");
  await expect(app.dialog).toContainText("Replay delivery");
  await look("keys");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);

  await app.openArea("Deliveries");
  for (const body of [MALFORMED, MALFORMED, ""]) await sendDelivery(inspector.listenerUrl, { body });
  await page.locator("body").press("Escape");
  await app.rows("×2").getByRole("button", { name: "Show the repeats" }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("status", { name: "Marked deliveries" })).toContainText("1 marked");
  await look("list with repeats and marks");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Save as fixtures" }).click();
  await expect(app.dialog.getByLabel("Folder")).toBeFocused();
  await look("fixtures dialog");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  const clearAll = page.getByRole("button", { name: "Clear all" });
  // A window with hardly room for a row has it in the settings only.
  if (await clearAll.isVisible()) {
    await clearAll.click();
    await expect(app.dialog).toContainText("will be gone for good");
    await look("question before clearing");
    await page.keyboard.press("Escape");
  }
  await page.locator("body").press("n");
  await expect(app.detail.getByRole("textbox", { name: "Note" })).toBeFocused();
  await look("note");
  await page.keyboard.press("Escape");
  await page.locator("body").press("Control+k");
  await page.keyboard.type("import");
  await page.keyboard.press("Enter");
  const files = app.dialog.getByLabel("Files");
  await expect(files).toBeFocused();
  await look("import dialog");
  const name = `${"long".repeat(30)}.jsonl`;
  await files.setInputFiles({ name, mimeType: "", buffer: Buffer.from("oops\n{}\n") });
  await expect(app.dialog.getByRole("list", { name: "Left out" })).toBeVisible();
  await look("imported files");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await inspector.client.call("hold.set", { query: "type:broadcast" });
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
  const show = page.getByRole("region", { name: "Hold" }).getByRole("button", { name: "Show it" });
  await show.click();
  await expect(app.detail.getByRole("button", { name: "Drop" })).toBeVisible();
  await look("held delivery");
  await page.locator("body").press("h");
  await expect(app.dialog.getByLabel("Deliveries that match")).toBeVisible();
  await look("hold dialog");
  await page.keyboard.press("Escape");
}
