import { expect, receiveFirst, test } from "../fixtures.ts";

const TYPE = "video.caption.generated";

test("a note that was begun is still there after a look at another delivery", async ({ app, page, inspector }) => {
  await receiveFirst(app, inspector);
  await inspector.client.call("simulator.trigger", { type: TYPE });
  await expect(app.rows()).toHaveCount(2);
  await app.rows().first().click();
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Note" }).fill("half a thought");

  await app.rows().nth(1).click();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveCount(0);
  await app.rows().first().click();

  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("half a thought");
});

test("a note is written where the detail was hidden", async ({ app, page, inspector }) => {
  await receiveFirst(app, inspector);
  await app.rows().first().click();
  await page.keyboard.press("Control+\\");
  await expect(app.detail).toHaveCount(0);

  await page.keyboard.press("n");

  await expect(page.getByRole("textbox", { name: "Note" })).toBeFocused();
});

test("what the user has gone on to stays selected when a deletion is answered late", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  for (let n = 0; n < 3; n++) await inspector.client.call("simulator.trigger", { type: TYPE });
  await expect(app.rows()).toHaveCount(4);
  const answer = Promise.withResolvers<void>();
  await page.route("**/api/call/deliveries.delete", async (route) => {
    await answer.promise;
    await route.continue();
  });
  await app.rows().first().click();

  await page.keyboard.press("Delete");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const chosen = await app.selectedRow.getAttribute("id");
  answer.resolve();

  await expect(app.rows()).toHaveCount(3);
  await expect(app.selectedRow).toHaveAttribute("id", chosen ?? "");
});

test("the address of an inspector that was started anew connects the tab that it is pasted into", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  const [, token = ""] = /#token=(.+)$/.exec(inspector.uiUrl) ?? [];
  await page.evaluate(() => sessionStorage.setItem("inspector-token", "the key of the one before"));

  await page.evaluate((key) => {
    window.location.hash = `#token=${key}`;
  }, token);

  await expect(app.rows()).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("inspector-token"))).toBe(token);
  expect(page.url()).not.toContain(token);
});

test("a file that is dropped while another is imported is imported as well", async ({ app, page, inspector }) => {
  await receiveFirst(app, inspector);
  const { files } = await inspector.client.call("export.create", { format: "jsonl", query: "" });
  const answer = Promise.withResolvers<void>();
  await page.route("**/api/call/import.read", async (route) => {
    await answer.promise;
    await route.continue();
  });
  const drop = (name: string) =>
    page.evaluate(
      ([fileName, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text ?? ""], fileName ?? ""));
        for (const kind of ["dragenter", "dragover", "drop"]) {
          document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
      },
      [name, files[0]?.text],
    );

  await drop("one.jsonl");
  await expect(app.dialog).toContainText("Importing");
  await drop("two.jsonl");
  answer.resolve();

  await expect(app.dialog.getByRole("status")).toContainText("one.jsonl");
  await expect(app.dialog.getByRole("status")).toContainText("two.jsonl");
});
