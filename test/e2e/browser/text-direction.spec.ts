import type { Locator } from "@playwright/test";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";
import type { InspectorPage } from "../pages/inspector-page.ts";

const JSON_BODY = '{"כותרת":"שלום עולם!","n":1,"العنوان":["مرحبا (بكم)","\u202e\u2067x"],"שם":2}';
/** No index knows where its texts begin. */
const BROKEN_BODY = `{oops "כותרת": "שלום", "שם": [ "עולם", 12 ] (אבג), مرحبا=٣٤`;

// What is looked at is one line, whatever its length.
test.use({ viewport: { width: 1600, height: 800 } });

for (const [what, body] of [
  ["JSON", JSON_BODY],
  ["what is no JSON", BROKEN_BODY],
] as const) {
  test(`in ${what}, words written from right to left move no sign around them`, async ({ app, inspector }) => {
    await skipFirstRun(inspector);
    await sendDelivery(inspector.listenerUrl, { body });
    await app.rows().first().click();
    await app.tab("Payload").click();
    await app.detail.getByRole("button", { name: "Text" }).click();
    await expectInOrder(payload(app));
    if (body === JSON_BODY) {
      await app.detail.getByLabel("Formatted").check();
      await expectInOrder(payload(app));
      await app.detail.getByRole("button", { name: "Tree" }).click();
      await expectInOrder(app.detail.getByRole("tree"));
    }

    await app.tab("Raw").click();
    await expectInOrder(app.detail.getByRole("region", { name: "Body" }));
  });
}

test("a name that changes the direction of writing does not turn round the message it stands in", async ({
  app,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("profiles.save", { name: "Staging \u202eprofile" });
  await app.page.locator("body").press("Shift+P");
  await app.dialog.getByRole("button", { name: /^Staging/ }).click();

  await expect(app.toast("Staging \\u202eprofile is in use.")).toBeVisible();
});

test("what is found in a word written from right to left leaves the word as it is", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { body: '{"a":"שלום עולם"}' });
  await app.rows().first().click();
  await app.tab("Payload").click();
  await app.detail.getByRole("button", { name: "Text" }).click();
  const before = await seen(payload(app));

  await app.detail.getByLabel("Find in the payload").fill("לו");
  await expect(app.detail.getByRole("status").filter({ hasText: "1 of 1" })).toBeVisible();

  expect(await seen(payload(app))).toBe(before);
});

function payload(app: InspectorPage): Locator {
  return app.detail.getByRole("region", { name: "Payload" });
}

/** What has no direction of its own, or runs from left to right, stands on each line in the order of its bytes. */
async function expectInOrder(view: Locator): Promise<void> {
  await expect(view).toContainText("ש");
  const lines = Map.groupBy(await places(view), ({ line }) => line);
  for (const characters of lines.values()) {
    const fixed = characters.filter(({ character }) => !/[\s\p{Script=Hebrew}\p{Script=Arabic}!()]/u.test(character));
    const written = fixed.map(({ character, left }) => `${character} at ${left}`);
    const drawn = fixed.toSorted((a, b) => a.left - b.left).map(({ character, left }) => `${character} at ${left}`);
    expect(drawn).toEqual(written);
  }
}

/** The characters of a line as an eye meets them, from left to right. */
async function seen(view: Locator): Promise<string> {
  const drawn = (await places(view)).toSorted((a, b) => a.left - b.left);
  return drawn.map(({ character }) => character).join("");
}

/** Where each character of a view stands, in the order of the text. */
function places(view: Locator): Promise<{ character: string; left: number; line: number }[]> {
  return view.evaluate((element) => {
    const found: { character: string; left: number; line: number }[] = [];
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      const row = node.parentElement?.closest("[data-row], [role=treeitem]") ?? element;
      const range = document.createRange();
      for (let at = 0; at < (node.textContent ?? "").length; at++) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { left } = range.getBoundingClientRect();
        found.push({ character: range.toString(), left, line: Math.round(row.getBoundingClientRect().top) });
      }
    }
    return found;
  });
}
