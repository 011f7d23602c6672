import { test, uploadVideo } from "../e2e/connected.ts";
import { expect } from "../e2e/fixtures.ts";
import { shooter, THEMES, windowOf } from "./shoot.ts";

for (const theme of THEMES) {
  const shoot = shooter(theme);

  test.describe(theme, () => {
    test.use(windowOf(theme));

    test(`an account behind a tunnel that breaks, ${theme}`, async ({ app, account, inspector, page, relay }) => {
      await uploadVideo(account, "Opening keynote");
      await expect(app.rows("Rendition ready")).toHaveCount(4);
      await app.openArea("Timeline");
      const lane = page.getByRole("article", { name: /^Video vi/ });
      await lane.getByRole("button", { name: "Look up at api.video" }).click();
      await expect(lane.getByRole("heading", { name: "Opening keynote" })).toBeVisible();
      await expect(lane.getByRole("button", { name: /: Rendition ready/ })).toHaveCount(4);
      await shoot(page, "timeline-looked-up");
      await app.openArea("Deliveries");
      await app.rows("Rendition ready").first().click();
      await expect(app.detail).toContainText("This video");

      await relay.kill();
      await expect(app.rows("Path is down since")).toBeVisible();
      await uploadVideo(account, "Holiday in June");
      await expect.poll(account.givenUp, { timeout: 30_000 }).toBe(4);
      await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
      await relay.restart();
      await expect(app.rows("Path was down for")).toBeVisible();
      await expect(app.problems).toBeHidden();
      await shoot(page, "list-gap");

      await app.rows("Path was down for").getByRole("button", { name: "What did I miss?" }).click();
      await expect(app.dialog.getByRole("list", { name: "Missed events" }).getByRole("listitem")).toHaveCount(4);
      await shoot(page, "missed");
    });
  });
}
