import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expectNoFindings } from "../axe.ts";
import { expect, type Inspector, receiveFirst, skipFirstRun, test } from "../fixtures.ts";

/** What is exported of one delivery with this video, which is deleted again. */
async function exportedOf({ client, listenerUrl }: Inspector, videoId: string): Promise<string> {
  await sendDelivery(listenerUrl, { body: encodingEvent({ videoId }) });
  const { files } = await client.call("export.create", { format: "jsonl", query: `video:${videoId}` });
  const { items } = await client.call("deliveries.list", { limit: 1 });
  await client.call("deliveries.delete", { ids: items.map(({ id }) => id) });
  return files[0]?.text ?? "";
}

const toFile = (name: string, text: string | Buffer) => ({ name, mimeType: "", buffer: Buffer.from(text) });

test("files are imported, and what is in them that cannot be read is named", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  const jsonl = await exportedOf(inspector, "viImported1");
  const har = { request: { method: "POST", url: "https://a.example/hook", postData: { text: "{}" } } };
  await expect(app.rows()).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Import a file" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("import");
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByLabel("Files")).toBeFocused();
  await expectNoFindings(page);
  await app.dialog
    .getByLabel("Files")
    .setInputFiles([
      toFile("deliveries.jsonl", `${jsonl}\n{oops`),
      toFile("a page.har", JSON.stringify({ log: { entries: [har, { request: { method: "GET", url: "/" } }] } })),
      toFile("image.png", Buffer.from([0xff, 0xfe])),
    ]);

  const result = app.dialog.getByRole("status");
  await expect(result).toContainText("deliveries.jsonl: 1 imported, 1 left out.");
  await expect(result.getByRole("list", { name: "Left out" })).toHaveText("line 3: It is no JSON.");
  await expect(result).toContainText("a page.har: 1 imported, 1 without a body passed over.");
  await expect(result).toContainText("image.png: It is no text (UTF-8)");
  await expect(app.dialog.getByRole("button", { name: "Close" }).last()).toBeFocused();
  await expectNoFindings(page);
  await app.dialog.getByRole("button", { name: "Show imported deliveries" }).click();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.chip("is:imported")).toBeVisible();
  await expect(app.rows()).toHaveCount(2);
  await expect(app.rows().getByRole("img", { name: "Imported" })).toHaveCount(2);

  await app.rows(/720p/).click();
  await expect(app.detail).toContainText("It was imported; the times are those of the file");
  await expect(app.detail.getByText("What happened")).toBeVisible();
});

test("a file that is dropped on the window is imported, also beside what is here already", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  const { files } = await inspector.client.call("export.create", { format: "jsonl", query: "" });
  const text = `${files[0]?.text}${await exportedOf(inspector, "viDropped1")}`;
  const dropped = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], "dropped.jsonl"));
    return transfer;
  }, text);

  await app.list.dispatchEvent("dragover", { dataTransfer: dropped });
  await app.list.dispatchEvent("drop", { dataTransfer: dropped });

  await expect(app.dialog.getByRole("status")).toContainText("dropped.jsonl: 1 imported, 1 already here.");
  await page.keyboard.press("Escape");
  await expect(app.rows(/720p/).getByRole("img", { name: "Imported" })).toBeVisible();
  await expect(app.rows()).toHaveCount(2);
});
