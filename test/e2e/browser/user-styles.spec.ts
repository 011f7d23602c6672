import type { Locator, Page } from "@playwright/test";
import { startRelay } from "../../helpers/relay.ts";
import { expect, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";
import { fill, tour } from "../tour.ts";

/** The most that WCAG 2.2, 1.4.12 asks for. */
const TEXT_SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;

/** Two in one at full width, where each would look at the same views for itself. */
for (const { width, reducedMotion } of [
  { width: 320, reducedMotion: "no-preference" },
  { width: 1360, reducedMotion: "reduce" },
] as const) {
  const alsoStill = reducedMotion === "reduce" ? ", and nothing moves for those who want it so" : "";
  test(`wider text spacing cuts nothing off at ${width} px${alsoStill}`, async ({ app, page, inspector }) => {
    await page.setViewportSize({ width, height: 860 });
    await page.emulateMedia({ reducedMotion });
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    }, TEXT_SPACING);

    await tour(app, inspector, async (view) => {
      await expectNothingCut(page, view);
      if (reducedMotion === "reduce") expect(await longestMotionMs(page), `motion in: ${view}`).toBeLessThanOrEqual(1);
    });
  });
}

for (const colorScheme of ["dark", "light"] as const) {
  test(`with forced colours in ${colorScheme}, what is chosen, focused or off still shows`, async ({
    app,
    page,
    inspector,
  }) => {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    await fill(inspector);
    const canvas = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);

    await app.rows("Failed").first().click();
    await app.tab("Payload").click();
    await expect(app.detail.getByRole("tree", { name: "Payload" })).toBeVisible();

    for (const [chosen, other] of [
      [app.selectedRow, app.rows("Verified")],
      [app.tab("Payload"), app.tab("Headers")],
      [app.areaButton("Deliveries"), app.areaButton("Webhooks")],
      [app.detail.getByRole("button", { name: "Tree" }), app.detail.getByRole("button", { name: "Text" })],
    ] as const) {
      const edge = await edgeOf(chosen, canvas);
      expect(edge, `the edge of ${chosen}`).not.toBeNull();
      expect(await edgeOf(other, canvas), `the edge of ${other}`).not.toBe(edge);
    }
    const divider = page.getByRole("separator");
    expect(await divider.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe(canvas);
    for (const word of ["Verified", "Failed", "Unsigned", "Unchecked"]) {
      const badge = app.rows(word).first().getByText(word, { exact: true });
      expect(await edgeOf(badge, canvas), `the edge of ${word}`).not.toBeNull();
      await expect(badge.locator("svg")).toBeVisible();
    }
    const icons = await page.evaluate(() =>
      ["Verified", "Failed", "Unsigned", "Unchecked"].map(
        (word) =>
          [...document.querySelectorAll("[role=row] span")].find((element) => element.textContent === word)?.innerHTML,
      ),
    );
    expect(new Set(icons).size).toBe(4);
    expect(await fillOf(app.status, "Listener")).not.toBe(await fillOf(app.status, "Tunnel"));
    await expectFocusRing(page, app.list, canvas);
    await expectFocusRing(page, app.detail.getByRole("button", { name: "Replay" }), canvas);
  });
}

/** Colour and width of the box's top edge; null where it is not to be seen. */
function edgeOf(target: Locator, canvas: string): Promise<string | null> {
  return target.evaluate((element, canvasColour) => {
    const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element);
    const isSeen = borderTopStyle === "solid" && borderTopWidth !== "0px" && borderTopColor !== canvasColour;
    return isSeen ? `${borderTopWidth} ${borderTopColor}` : null;
  }, canvas);
}

/** What the dot of a link of the status strip is filled with. */
function fillOf(status: Locator, label: string): Promise<string> {
  const dot = status.getByRole("button", { name: label }).locator("[aria-hidden]").first();
  return dot.evaluate((element) => getComputedStyle(element).backgroundColor);
}

async function expectFocusRing(page: Page, target: Locator, canvas: string): Promise<void> {
  // A key was pressed last, so that the focus is one to be shown.
  await page.keyboard.press("Shift");
  await target.focus();
  const ring = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    return { isDrawn: outlineStyle !== "none", px: Number.parseFloat(outlineWidth), colour: outlineColor };
  });
  expect(ring).toMatchObject({ isDrawn: true });
  expect(ring.px).toBeGreaterThanOrEqual(2);
  expect(ring.colour).not.toBe(canvas);
}

test("what turns while one waits stands still for those who want it so", async ({ app, page, inspector }) => {
  await using relay = await startRelay();
  relay.faults.answer = "silent";
  await inspector.client.call("settings.update", { tunnelHost: relay.url, tunnel: "localtunnel" });
  await expect(app.firstStep("A public address").getByRole("img", { name: "Under way" })).toBeVisible();
  expect(await longestMotionMs(page)).toBe(Number.POSITIVE_INFINITY);

  await page.emulateMedia({ reducedMotion: "reduce" });

  expect(await longestMotionMs(page)).toBeLessThanOrEqual(1);
});

test("a view changes in one frame for those who want it still", async ({ app, page, inspector }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await fill(inspector);
  await app.rows("Failed").first().click();
  await expect(app.detail.getByRole("tabpanel", { name: "Overview" })).toContainText("Received");
  await page.evaluate(() => {
    document.addEventListener("transitionrun", ({ propertyName }) => {
      document.body.dataset["ran"] = `${document.body.dataset["ran"] ?? ""} ${propertyName}`;
    });
  });

  await app.tab("Signature").click();
  await app.tab("Headers").click();
  await expect(app.detail.getByRole("tabpanel", { name: "Headers" })).toContainText("User-Agent");
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));

  await expect(page.locator("body")).not.toHaveAttribute("data-ran");
});

/** How long the longest animation or transition runs that any element has or would have. */
function longestMotionMs(page: Page): Promise<number> {
  return page.evaluate(() => {
    const ms = (times: string) => Math.max(...times.split(",").map((time) => Number.parseFloat(time) * 1_000));
    const rounds = (counts: string) =>
      Math.max(
        ...counts.split(",").map((count) => (count.trim() === "infinite" ? Number.POSITIVE_INFINITY : Number(count))),
      );
    const elements = [...document.querySelectorAll("*")];
    return Math.max(
      ...elements
        .flatMap((element) => [null, "::before", "::after"].map((pseudo) => getComputedStyle(element, pseudo)))
        .map((style) => {
          const animation =
            style.animationName === "none" ? 0 : ms(style.animationDuration) * rounds(style.animationIterationCount);
          return Math.max(animation, ms(style.transitionDuration));
        }),
    );
  });
}
