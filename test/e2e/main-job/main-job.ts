import { expect } from "@playwright/test";
import { SIMULATOR_KEY, uploadVideo } from "../../helpers/simulator-account.ts";
import type { InspectorPage } from "../pages/inspector-page.ts";
import type { Hands } from "./hands.ts";
import type { Surroundings } from "./surroundings.ts";

/** One per rendition: four HLS and an MP4. */
const EVENTS_OF_UPLOAD = 5;
/** The simulator takes about four seconds to encode. */
const ENCODED_WITHIN = { timeout: 20_000 };

/**
 * The main job from the first start on: open the tunnel, connect the account, let deliveries of an upload come in through
 * the tunnel and go on to a server that refuses them, replay one once the server is mended, and compare both answers.
 */
export async function doMainJob(app: InspectorPage, hands: Hands, surroundings: Surroundings): Promise<void> {
  const { simulatorUrl, receiver } = surroundings;
  receiver.status = 500;

  const publicHost = await openTunnel(app, hands);
  await connectAccount(app, hands, simulatorUrl);
  await forwardTo(app, hands, `${receiver.url}/api/webhook`);
  const videoId = await uploadVideo(simulatorUrl);
  await expectDeliveries(app, hands);

  await hands.readSecond();
  await expect(app.rows().nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(app.detail).toContainText(videoId);
  await expect(app.detail.getByRole("region", { name: "Signature" })).toContainText("The signature fits.");
  await hands.openTab("Headers");
  await expect(app.detail.getByRole("table", { name: "Headers as received" })).toContainText(publicHost);

  receiver.status = 200;
  await hands.replay();
  await expectBothAnswers(app);
  expectSameBytes(surroundings);
}

async function openTunnel(app: InspectorPage, hands: Hands): Promise<string> {
  const step = app.firstStep("A public address");
  await hands.press(step.getByRole("button", { name: "Open with localtunnel" }));
  await expect(step).toContainText("http://127.0.0.1:");
  const publicUrl = await step.locator("code").textContent();
  return new URL(publicUrl ?? "").host;
}

async function connectAccount(app: InspectorPage, hands: Hands, simulatorUrl: string): Promise<void> {
  const account = app.page.getByRole("region", { name: "Connect api.video" });
  await hands.choose(account.getByLabel("Environment"), "Another server");
  await hands.fill(account.getByLabel("Base URL"), simulatorUrl);
  await hands.fill(account.getByLabel("API key"), SIMULATOR_KEY);
  await hands.press(account.getByRole("button", { name: "Connect" }));

  await expect(account).toContainText("Connected to custom");
  await expect(app.firstStep("A webhook at api.video")).toContainText("Registered as");
  await hands.press(account.getByRole("button", { name: "Show deliveries" }));
  await expect(app.status).toContainText(new URL(simulatorUrl).host);
}

async function forwardTo(app: InspectorPage, hands: Hands, target: string): Promise<void> {
  await hands.openArea("Settings");
  await hands.fill(app.page.getByLabel("Forward to"), target);
  await hands.press(app.page.getByRole("button", { name: "Save" }));
  await expect(app.status).toContainText(new URL(target).port);
}

async function expectDeliveries(app: InspectorPage, hands: Hands): Promise<void> {
  await hands.openArea("Deliveries");
  const rows = app.rows("Rendition ready").filter({ hasText: "Verified" }).filter({ hasText: "500" });
  await expect(rows).toHaveCount(EVENTS_OF_UPLOAD, ENCODED_WITHIN);
}

async function expectBothAnswers(app: InspectorPage): Promise<void> {
  const newest = app.detail.getByRole("region", { name: "Newest answer" });
  const before = app.detail.getByRole("region", { name: "The one before" });
  await expect(newest).toContainText("200");
  await expect(newest).toContainText(`got it ${EVENTS_OF_UPLOAD + 1}`);
  await expect(before).toContainText("500");
  await expect(before).toContainText("got it");
  const [left, right] = [await newest.boundingBox(), await before.boundingBox()];
  expect(left?.y).toBe(right?.y);
  expect(left?.x).toBeLessThan(right?.x ?? 0);
}

/** What was replayed is, byte for byte, what was forwarded. */
function expectSameBytes({ receiver: { requests } }: Surroundings): void {
  const [replayed] = requests.slice(EVENTS_OF_UPLOAD);
  expect(replayed?.url).toBe("/api/webhook");
  expect(requests.slice(0, EVENTS_OF_UPLOAD).map(({ body }) => body)).toContainEqual(replayed?.body);
}
