import type { Page } from "@playwright/test";
import type { CommandInput } from "#shared/contract/types.ts";
import { type Receiver, startReceiver } from "../../helpers/receiver.ts";
import { expectNoFindings } from "../axe.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";

/** So many deliveries in the list, and past the first steps. */
async function fill({ client }: Inspector, count: number): Promise<void> {
  await client.call("simulator.trigger", { type: "video.caption.generated", count });
}

type Batch = Partial<CommandInput<"replay.batch">>;

/** A run that is over, made as a script would. */
async function runOf({ client }: Inspector, receiver: Receiver, batch: Batch, status = 200): Promise<string> {
  receiver.status = status;
  const { batchId } = await client.call("replay.batch", { query: "", target: receiver.url, ...batch });
  await expect.poll(async () => (await client.call("runs.get", { id: batchId })).state).toBe("done");
  return batchId;
}

const replays = (page: Page) => page.getByRole("main", { name: "Replays" });
const results = (page: Page) => page.getByRole("grid", { name: "Results" });

test("marked deliveries are replayed as a run, which says what will happen and then what came of each", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await fill(inspector, 4);
  await inspector.client.call("settings.update", { forwardTo: receiver.url });
  await expect(app.rows()).toHaveCount(4);
  await app.list.focus();
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  const marked = page.getByRole("status", { name: "Marked deliveries" });
  await expect(marked).toContainText("2 marked");

  await marked.getByRole("button", { name: "Replay…" }).click();
  await expect(app.dialog.getByLabel("To", { exact: true })).toHaveValue(`${receiver.url}/`);
  await expect(app.dialog).toContainText(
    `2 deliveries to ${receiver.url}/, in order, as fast as possible, one at a time`,
  );
  await app.dialog.getByLabel("At a time").fill("51");
  await expect(app.dialog.getByRole("alert")).toHaveText("A number from 1 to 50.");
  await app.dialog.getByLabel("At a time").fill("4");
  await app.dialog.getByLabel("Order").selectOption("Shuffled");
  await app.dialog.getByLabel("Name").fill("two of them");
  await expect(app.dialog).toContainText("shuffled, as fast as possible, 4 at a time");
  await expectNoFindings(page);
  await app.dialog.getByRole("button", { name: "Replay", exact: true }).click();

  await expect(page.getByRole("heading", { name: "two of them" })).toBeVisible();
  await expect(page).toHaveURL(/#\/replays\/b1$/);
  await expect(replays(page)).toContainText("2 accepted");
  await expect(results(page).getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("img", { name: /^Results by time/ })).toBeVisible();
  expect(receiver.requests).toHaveLength(2);

  await page.getByRole("button", { name: "Replay again…" }).click();
  await expect(app.dialog.getByLabel("Compare with")).toHaveValue("b1");
  await app.dialog.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(page).toHaveURL(/#\/replays\/b2$/);
  await expect(replays(page)).toContainText("2 accepted");
  await expect(replays(page)).toContainText("2 same");
  expect(receiver.requests).toHaveLength(4);
});

test("what the filter finds and a video's whole life are replayed with one press", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await fill(inspector, 3);
  await expect(app.rows()).toHaveCount(3);
  await app.filter.fill("id:d2");
  await page.keyboard.press("Enter");
  await expect(app.rows()).toHaveCount(1);

  await page.getByRole("button", { name: "Replay what is found…" }).click();
  await app.dialog.getByLabel("To", { exact: true }).fill("3000");
  await expect(app.dialog).toContainText("1 delivery to 3000");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await app.openArea("Timeline");
  await page.getByRole("button", { name: "Replay…" }).first().click();
  await app.dialog.getByLabel("To", { exact: true }).fill("3000");
  await app.dialog.getByLabel("Pace").selectOption("With those gaps, times a factor");
  await app.dialog.getByLabel("Factor").fill("0.1");

  await expect(app.dialog).toContainText("1 delivery to 3000, in order, with the gaps they came with × 0.1");
});

test("a run is watched, paused, resumed and cancelled", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await fill(inspector, 30);
  const { client } = inspector;
  await client.call("replay.batch", { query: "", target: receiver.url, pacing: { intervalMs: 60_000 } });
  await app.openArea("Replays");
  const card = page.getByRole("article", { name: "Run b1" });

  await expect(card).toContainText("1 of 30, the next in");
  await card.getByRole("button", { name: "Pause" }).click();
  await expect(card).toContainText("Paused");
  await card.getByRole("button", { name: "Resume" }).click();
  await expect(card).toContainText("Going");
  await expect(card).toContainText("2 of 30");
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(card).toContainText("Cancelled");
  await expect(card).toContainText("2 accepted");

  // The button went with the run's end.
  await expect(replays(page)).toBeFocused();
  await expect(card.getByRole("progressbar")).toHaveCount(0);
});

test("results are filtered by verdict, and read and compared with the keyboard", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await fill(inspector, 6);
  await runOf(inspector, receiver, { query: "id:d1,d2,d3" }, 500);
  await runOf(inspector, receiver, {});
  await app.openArea("Replays");
  await page.getByRole("button", { name: "Run b2" }).click();
  await expect(replays(page)).toContainText("3 fixed, 3 with nothing to compare");

  await expect(page.getByRole("button", { name: /^Refused/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Fixed 3" }).click();
  await expect(results(page).getByRole("row")).toHaveCount(3);
  await expect(results(page).getByRole("row").first()).toContainText("200, was 500");
  await results(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(results(page).getByRole("row", { selected: true })).toContainText("d2");
  await page.keyboard.press("d");
  await expect(app.dialog).toContainText("Answer");
  await expect(app.dialog.getByRole("textbox").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await results(page).focus();
  await page.keyboard.press("Enter");

  await expect(app.detail.getByRole("tab", { name: "Attempts", selected: true })).toBeVisible();
  await expect(page).toHaveURL(/#\/deliveries\/d2\/attempts/);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Run b2" })).toBeVisible();
});

test("two runs are compared, in one line and delivery by delivery", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await fill(inspector, 4);
  await runOf(inspector, receiver, { query: "id:d1,d2,d3", name: "before the fix" }, 500);
  await runOf(inspector, receiver, { query: "id:d2,d3,d4" });
  await app.openArea("Replays");
  await page.getByRole("button", { name: "Run b2" }).click();

  await page.getByLabel("The run before").selectOption("b1");

  await expect(page.getByRole("button", { name: "All 3" })).toBeVisible();
  await expect(replays(page)).toContainText("2 fixed, 1 only in the first, 1 only in the second");
  const compared = replays(page).getByRole("table");
  await expect(compared.getByRole("row", { name: /^d2 500 200 Fixed/ })).toBeVisible();
  await replays(page).getByRole("button", { name: "Only before 1" }).click();
  await expect(compared.getByRole("row")).toHaveCount(2);
  await expectNoFindings(page);
});

test("a run is named, removed and brought back; Esc leads up to all runs", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await fill(inspector, 1);
  await runOf(inspector, receiver, {});
  await app.openArea("Replays");
  await page.getByRole("button", { name: "Run b1" }).click();

  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Name of the run" }).fill("<b>mine</b>");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "<b>mine</b>" })).toBeVisible();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "No replays yet" })).toBeVisible();
  await expect(page).toHaveURL(/#\/replays$/);
  await app.toast("Run b1 removed.").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "<b>mine</b>" }).click();
  await expect(page.getByRole("heading", { name: "<b>mine</b>" })).toBeVisible();
  await page.keyboard.press("Escape");

  await expect(page).toHaveURL(/#\/replays$/);
  await expect(replays(page)).toBeFocused();
});

test.describe("with a history", () => {
  test.use({ history: 600 });

  test("a long run shows what is in sight, wherever one looks, in a narrow window too", async ({
    app,
    page,
    inspector,
  }) => {
    await using receiver = await startReceiver();
    await skipFirstRun(inspector);
    await runOf(inspector, receiver, { concurrency: 20 });
    await page.setViewportSize({ width: 320, height: 640 });
    await app.openArea("Replays");
    await page.getByRole("button", { name: "Run b1" }).click();
    await expect(results(page).getByRole("row").first()).toContainText("d1");

    await results(page).focus();
    await page.keyboard.press("End");

    await expect(results(page).getByRole("row", { selected: true })).toContainText("d600");
    await expect(results(page).getByRole("row")).not.toHaveCount(600);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expectNoFindings(page);
  });
});

test.describe("with a longer history", () => {
  test.use({ history: 600 });

  test("the results of one kind are there, wherever one was in all of them", async ({ app, page, inspector }) => {
    await using receiver = await startReceiver();
    await skipFirstRun(inspector);
    await runOf(inspector, receiver, { concurrency: 20 }, 500);
    await app.openArea("Replays");
    await page.getByRole("button", { name: "Run b1" }).click();
    await results(page).focus();
    await page.keyboard.press("End");
    await expect(results(page).getByRole("row", { selected: true })).toContainText("d600");

    await page.getByRole("button", { name: "Refused 600" }).click();

    await expect(results(page).getByRole("row").last()).toContainText("d600");
  });
});

test("a run goes to a target by its name, which is offered at the field", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await fill(inspector, 2);
  const targets = [{ name: "Staging", url: receiver.url, headers: [] }];
  await inspector.client.call("settings.update", { targets });
  await app.openArea("Replays");
  await page.getByRole("button", { name: "Replay all deliveries…" }).click();
  const to = app.dialog.getByLabel("To", { exact: true });

  await to.fill("stag");
  await expect(app.dialog.getByRole("alert")).toHaveText(
    "The target is the name of one under Forwarding, an http:// or https:// URL, or a bare port.",
  );
  await expect(app.dialog.getByRole("button", { name: "Replay", exact: true })).toBeDisabled();
  // What shows the list is the browser's own, and no part of the page.
  const list = page.locator(`datalist#${await to.getAttribute("list")} option`);
  await expect(list).toHaveAttribute("value", "Staging");
  await expect(list).toHaveAttribute("label", `${receiver.url}/`);
  await page.keyboard.type("ing");
  await expect(to).toHaveAccessibleDescription(`It leads to ${receiver.url}/`);
  await expect(app.dialog.getByRole("status")).toContainText("2 deliveries to staging, in order");
  await expectNoFindings(page);
  await page.keyboard.press("Enter");

  await expect(replays(page)).toContainText("2 accepted");
  await expect(replays(page)).toContainText("2 deliveries to staging");
  expect(receiver.requests).toHaveLength(2);
});

test("a run goes where the routes say, and says of each which one sent it where", async ({ app, page, inspector }) => {
  await using live = await startReceiver();
  await using rest = await startReceiver();
  await skipFirstRun(inspector);
  await fill(inspector, 2);
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
  await inspector.client.call("settings.update", {
    forwardTo: rest.url,
    targets: [{ name: "Studio", url: live.url, headers: [] }],
    routes: [{ name: "Streams", query: "type:live-stream", targets: ["Studio"] }],
  });
  await app.openArea("Replays");
  await page.getByRole("button", { name: "Replay all deliveries…" }).click();

  const to = app.dialog.getByLabel("To", { exact: true });
  await expect(to).toHaveValue("");
  await expect(to).toHaveAccessibleDescription(/^Empty: each goes where the routes say\./);
  await expect(app.dialog.getByRole("status")).toContainText("3 deliveries where the routes say, in order");
  await app.dialog.getByRole("button", { name: "Replay", exact: true }).click();

  await expect(replays(page)).toContainText("3 sendings where the routes say");
  await expect(results(page).getByRole("row").filter({ hasText: "to Studio by “Streams”" })).toHaveCount(1);
  await expect(
    results(page)
      .getByRole("row")
      .filter({ hasText: `to ${rest.url}/` }),
  ).toHaveCount(2);
  await expect(replays(page)).toContainText("3 accepted");
  await expectNoFindings(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNothingCut(page, "a run by the routes");

  await page.setViewportSize({ width: 1000, height: 700 });
  const batchId = await runOf(inspector, rest, { target: undefined, fault: { kind: "wrong-secret", every: 1 } });
  await page.getByRole("button", { name: "All runs" }).click();
  await page.getByRole("button", { name: `Run ${batchId}` }).click();
  await page.setViewportSize({ width: 320, height: 700 });
  const row = results(page).getByRole("row").filter({ hasText: "to Studio by “Streams”" });
  await expect(row).toContainText("Not as it should be");
  const text = row.getByText("to Studio by “Streams”");
  // Beside the marks of the fault there was no room left for it.
  expect(await text.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});

test("by keyboard, deliveries are sent twice in a run, and one sending is not as it should be", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  receiver.statusFor = () => (receiver.requests.length === 2 ? 500 : 200);
  await skipFirstRun(inspector);
  await fill(inspector, 2);
  await inspector.client.call("settings.update", { forwardTo: receiver.url });
  await expect(app.status).toContainText(new URL(receiver.url).port);
  await app.openArea("Replays");
  await page.getByRole("button", { name: "Replay all deliveries…" }).press("Enter");
  const isFaulty = app.dialog.getByLabel("Something goes wrong on purpose");

  await expect(app.dialog.getByLabel("What goes wrong")).toHaveCount(0);
  await isFaulty.press("Space");
  await page.keyboard.press("Tab");
  const kind = app.dialog.getByLabel("What goes wrong");
  await expect(kind).toBeFocused();
  await expect(kind).toHaveValue("duplicate");
  await page.keyboard.press("Tab");
  await page.keyboard.type("1");
  await expect(app.dialog.getByRole("alert")).toHaveText("A whole number from 2 to 20.");
  await expect(app.dialog.getByRole("button", { name: "Replay", exact: true })).toBeDisabled();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("2");
  await expect(app.dialog.getByRole("status")).toContainText("one at a time, with a fault in each: sent 2 times");
  await expectNoFindings(page);
  await page.keyboard.press("Enter");

  await expect(replays(page)).toContainText("3 accepted, 1 refused; 3 as they should be, 1 not");
  await expect(replays(page)).toContainText("4 sendings to");
  const rows = results(page).getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.filter({ hasText: "Fault: Sent 2 times" })).toHaveCount(4);
  await expect(rows.filter({ hasText: /d1.*Sending 1 of 2/ })).toContainText("As it should be");
  await expect(rows.filter({ hasText: /d1.*Sending 2 of 2/ })).toContainText("Not as it should be");
  await page.getByRole("button", { name: "Not as it should be 1" }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(/d1.*Not as it should be/);
  await expectNoFindings(page);
  await page.setViewportSize({ width: 320, height: 720 });
  await expectNothingCut(page, "a run with a fault");
  await expectNoFindings(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("article", { name: "Run b1" })).toContainText("3 as they should be, 1 not");

  await page.getByRole("button", { name: "Run b1" }).click();
  await page.getByRole("button", { name: "Replay again…" }).click();
  await expect(isFaulty).toBeChecked();
  await expect(app.dialog.getByRole("status")).toContainText("2 deliveries to");
  await expectNothingCut(page, "a new run with a fault");
  await app.dialog.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(replays(page)).toContainText("4 as they should be");
  await page.getByLabel("The run before").selectOption("b1");
  await expect(replays(page).getByRole("row", { name: /^d1 sending 2 500 200 Fixed/ })).toBeVisible();
});

test("while the engine is gone, runs can be read, and nothing be done to them", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await fill(inspector, 2);
  await inspector.client.call("replay.batch", { query: "", target: receiver.url, pacing: { intervalMs: 60_000 } });
  await app.openArea("Replays");
  await page.getByRole("button", { name: "Run b1" }).click();
  await expect(results(page).getByRole("row")).toHaveCount(2);

  await inspector.child.end("SIGKILL");

  for (const name of ["Pause", "Cancel", "Rename", "Remove", "Replay again…"]) {
    await expect(page.getByRole("button", { name })).toHaveAttribute("aria-disabled", "true");
  }
  await expect(results(page).getByRole("row")).toHaveCount(2);
});
