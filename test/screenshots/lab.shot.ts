import { expect, skipFirstRun, test } from "../e2e/fixtures.ts";
import { captureEvents, ESCAPED, freePort, REWRITTEN, startHandler, TWICE } from "../helpers/walk-through.ts";
import { shooter, THEMES, windowOf } from "./shoot.ts";

/** The pictures of docs/walk-through, and of what else there is to replay with. */
for (const theme of THEMES) {
  const shoot = shooter(theme);

  test.describe(theme, () => {
    test.use(windowOf(theme));

    test(`the replay lab, ${theme}`, async ({ app, inspector, page }) => {
      const { client } = inspector;
      await skipFirstRun(inspector);
      const port = await freePort();
      const target = `http://127.0.0.1:${port}`;
      await client.call("settings.update", { forwardTo: target });

      const runOf = async (fault: typeof TWICE | typeof REWRITTEN, name: string): Promise<string> => {
        const { batchId } = await client.call("replay.batch", { query: "", target, fault, name });
        await expect.poll(async () => (await client.call("runs.get", { id: batchId })).state).toBe("done");
        return batchId;
      };
      const showRun = async (id: string, words: string): Promise<void> => {
        await page.goto(`${page.url().split("#")[0]}#/replays/${id}`);
        await expect(page.getByRole("main", { name: "Replays" })).toContainText(words);
      };

      {
        await using _ = await startHandler("handler-0-three-bugs.js", port);
        await captureEvents(inspector);
        await app.rows("hls 2160p").click();
        await app.tab("Attempts").click();
        await expect(app.detail).toContainText("500");
        await shoot(page, "lab-captured");

        await app.rows("Captions ready").click();
        await page.keyboard.press("e");
        await expect(app.dialog).toContainText("Edit and send");
        const body = app.dialog.getByRole("textbox", { name: /body/i });
        await body.fill(ESCAPED);
        await expect(app.dialog).toContainText("will pass");
        await shoot(page, "lab-edit");
        await page.keyboard.press("Control+Enter");
        await expect(app.detail).toContainText("401");
        await shoot(page, "lab-edit-sent");
      }
      let first: string;
      {
        await using _ = await startHandler("handler-0-three-bugs.js", port);
        first = await runOf(TWICE, "Three bugs, sent twice");
        await showRun(first, "Three bugs");
        await shoot(page, "lab-run-first");
      }
      {
        await using _ = await startHandler("handler-0-three-bugs.js", port);
        await runOf(REWRITTEN, "Three bugs, written anew");
      }
      {
        await using _ = await startHandler("handler-1-exact-bytes.js", port);
        const second = await runOf(TWICE, "Exact bytes, sent twice");
        await showRun(second, "2 fixed");
        await shoot(page, "lab-run-fixed");
        await runOf(REWRITTEN, "Exact bytes, written anew");
      }
      {
        await using _ = await startHandler("handler-3-unknown-rendition.js", port);
        const last = await runOf(TWICE, "All mended, sent twice");
        await showRun(last, "fixed");
        await shoot(page, "lab-run-last");
      }
      await page.goto(`${page.url().split("#")[0]}#/replays`);
      await expect(page.getByRole("main", { name: "Replays" })).toContainText("All mended");
      await shoot(page, "area-replays");

      await client.call("settings.update", {
        targets: [
          { name: "app", url: target, headers: [] },
          { name: "captions worker", url: "http://localhost:9", headers: [["X-Debug", "1"]] },
        ],
        routes: [{ name: "captions", query: "type:video.caption", targets: ["captions worker", "app"] }],
        answerRules: [
          {
            name: "storm",
            query: "quality=2160p",
            status: 503,
            body: "later",
            contentType: "text/plain",
            delayMs: 500,
          },
        ],
      });
      await app.openArea("Forwarding");
      await expect(page.getByRole("main", { name: "Forwarding" })).toContainText("captions worker");
      await shoot(page, "area-forwarding");
    });
  });
}
