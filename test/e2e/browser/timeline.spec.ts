import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expectNoFindings } from "../axe.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";

const VIDEO = "vi3kT9sHqWcJr5DxUe7BgNoZ";

/** Four renditions of a video: one with another's signature, one twice, and one that was emitted before the others. */
async function sendOddVideo({ client, listenerUrl }: Inspector): Promise<void> {
  const type = "video.encoding.quality.completed";
  const set = { videoId: VIDEO, encoding: "hls" };
  await client.call("simulator.trigger", { type, set: { ...set, quality: "240p" } });
  await client.call("simulator.trigger", { type, set: { ...set, quality: "480p" }, signature: "wrong-secret" });
  const body = encodingEvent({ ...set, quality: "720p" });
  for (let time = 0; time < 2; time++) await sendDelivery(listenerUrl, { body });
  const early = new Date(Date.now() - 60_000).toISOString();
  await sendDelivery(listenerUrl, { body: encodingEvent({ ...set, quality: "360p", emittedAt: early }) });
}

test("a lane fills while a video is encoded, and api.video says what is to come when it is asked", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.openArea("Timeline");
  await page.getByRole("button", { name: "Encode a video" }).click();

  const marks = app.lane("vi").getByRole("button");
  await expect(marks.first()).toHaveAccessibleName(/^240: Rendition ready, hls 240p, .*, verified$/);
  const lane = page.getByRole("article", { name: /^Video vi/ });
  await expect(lane).toContainText(/events? so far/);
  await lane.getByRole("button", { name: "Look up at api.video" }).click();
  await expect(lane.getByRole("heading", { name: "A simulated video" })).toBeVisible();
  await expect(lane).toContainText("of 5 renditions encoded");
  await expect(lane).toContainText(/\d of \d events/);

  await expect(marks).toHaveCount(7, { timeout: 15_000 });
  await expect(marks.last()).toHaveAccessibleName(/^sum: Summary ready/);
  await expect(lane).toContainText("7 of 7 events");
});

test("all events of a video can be had where one event is triggered", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);

  await page.keyboard.press("t");
  await app.dialog.getByRole("button", { name: "Encode a video" }).click();

  await expect(app.toast("The simulator encodes a video")).toBeVisible();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.rows("Rendition ready").first()).toContainText("hls");
});

test("what is odd about a delivery stands on its mark, which leads to it and back", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await sendOddVideo(inspector);
  await app.openArea("Timeline");
  const marks = app.lane("vi3kT9sH").getByRole("button");

  await expect(marks).toHaveCount(5);
  const names = await marks.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
  expect(names.map((name) => name?.replace(/, [\d:.]+,/, ","))).toEqual([
    "240: Rendition ready, hls 240p, verified",
    "480: Rendition ready, hls 480p, signature failed",
    "720: Rendition ready, hls 720p, unsigned",
    "720: Rendition ready, hls 720p, unsigned, repeat",
    "360: Rendition ready, hls 360p, unsigned, out of order",
  ]);
  const lane = page.getByRole("article", { name: "Video vi3kT9sH…" });
  await expect(lane).toContainText("1 failed signature");
  await expect(lane).toContainText("Likely to come: mp4");

  // One stop for the Tab key, arrows from there on, and the facts beside what has the focus.
  await marks.last().focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowLeft");
  await expect(marks.nth(1)).toBeFocused();
  await expect(page.getByRole("tooltip")).toContainText("Signature failed");
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("heading", { level: 1 })).toHaveText("Rendition ready");
  await expect(app.selectedRow).toContainText("Failed");

  const card = app.detail.getByRole("region", { name: "This video" });
  await expect(card.getByRole("button", { name: /hls 480p/ })).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("v");
  await expect(page).toHaveURL(new RegExp(`#/timeline/video%3A${VIDEO}$`));
  await expect(page.getByRole("main", { name: "Timeline" })).toBeFocused();
  await page.reload();
  await expect(lane).toContainText("One mp4 comes at the source's own quality");
  await page.getByRole("button", { name: "All videos and live streams" }).click();
  await lane.getByRole("button", { name: "Its 5 deliveries" }).click();
  await expect(app.chip(`video:${VIDEO}`)).toBeVisible();
});

test("a live stream stands above its recording, and only what is chosen is listed", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const set = { liveStreamId: "li6tQ2LrV9bXw0ZkYh3nPmAa" };
  const recording = { ...set, videoId: VIDEO };
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started", set });
  await app.openArea("Timeline");
  const stream = page.getByRole("article", { name: "Live stream li6tQ2Lr…" });
  await expect(stream).toContainText("To come: Live ended");

  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.ended", set });
  await inspector.client.call("simulator.trigger", { type: "video.source.recorded", set: recording });
  await expect(stream).toContainText("Ended");
  const recordings = page.getByRole("list", { name: "Its recordings" });
  await expect(recordings.getByRole("article", { name: "Video vi3kT9sH…" })).toBeVisible();

  await stream.getByRole("button", { name: "Look up" }).click();
  await expect(stream).toContainText("simulator knows no live stream with this id");
  await page.getByRole("button", { name: "Videos", exact: true }).click();
  await expect(stream).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Find by id" }).fill("nothing like this");
  await expect(page.getByRole("heading", { name: "No video matches" })).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(stream).toBeVisible();
});

test("a lane in a window of 320 px has nothing cut off, and nothing for axe in either theme", async ({
  app,
  page,
  inspector,
}) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await skipFirstRun(inspector);
  await sendOddVideo(inspector);
  await app.openArea("Timeline");
  await expect(app.lane("vi3kT9sH").getByRole("button")).toHaveCount(5);

  await expectNothingCut(page, "timeline");
  await page.getByTitle("Look at this one alone").click();
  await expect(app.lane("vi3kT9sH").getByRole("button")).toHaveCount(5);
  await expectNothingCut(page, "timeline of one video");
  await expectNoFindings(page);
});
