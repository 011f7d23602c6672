import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import express from "express";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { cutLine, joinLine, makeLineCuttable } from "../cut-line.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import type { InspectorPage } from "../pages/inspector-page.ts";

const WEBHOOK = "webhook_4TqZc8WmR1yKdVb";
const SECRET = "sig_sec_TestVector0000000000001";
const BODY = '{"type":"video.encoding.quality.completed","videoId":"vi1","quality":"720p"}';

/** A developer's own handler, as api.video's guide has it: 202 for what was signed with its secret, else 401. */
async function startHandler(): Promise<AsyncDisposable & { readonly url: string; readonly bodies: readonly Buffer[] }> {
  const handler = express();
  const bodies: Buffer[] = [];
  handler.post("/hook", express.raw({ type: () => true }), (request, response) => {
    const body: Buffer = request.body;
    bodies.push(body);
    const expected = createHmac("sha256", SECRET).update(body).digest();
    const given = Buffer.from(request.get("X-Api-Video-Signature") ?? "", "hex");
    response.sendStatus(given.length === expected.length && timingSafeEqual(given, expected) ? 202 : 401);
  });
  const server = handler.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** One delivery of a webhook whose secret is known, selected; replays go to `target`. */
async function selectOne(app: InspectorPage, inspector: Inspector, target: string, body: string | Buffer = BODY) {
  const { client, listenerUrl } = inspector;
  await skipFirstRun(inspector);
  await client.call("secrets.set", { kind: "webhook", webhookId: WEBHOOK, value: SECRET });
  await sendDelivery(`${listenerUrl}/hook`, { webhookId: WEBHOOK, secret: SECRET, body });
  await expect(app.rows()).toHaveCount(1);
  await client.call("settings.update", { forwardTo: target });
  await expect(app.status).toContainText(new URL(target).port);
  await app.list.press("j");
  await expect(app.selectedRow).toHaveCount(1);
}

const check = (app: InspectorPage, words: string | RegExp) => app.dialog.getByRole("status").filter({ hasText: words });

async function openEditor(app: InspectorPage, page: Page): Promise<void> {
  await page.keyboard.press("e");
  await expect(app.dialog.getByRole("textbox", { name: "Body" })).toBeFocused();
}

test("a delivery is edited, signed anew and sent by keyboard alone, and the receiver's own check passes", async ({
  app,
  page,
  inspector,
}) => {
  await using handler = await startHandler();
  await selectOne(app, inspector, handler.url);
  await openEditor(app, page);
  await expect(app.dialog).toContainText("Nothing is changed");

  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(',"mine":1');
  await expect(app.dialog).toContainText("Valid JSON.");
  await expect(app.dialog).toContainText("Changed: body (9 bytes longer), signature.");
  await expect(check(app, `check will pass: signed with the secret of ${WEBHOOK}.`)).toBeVisible();
  await page.keyboard.press("Control+Enter");

  await expect(app.dialog).toHaveCount(0);
  await expect(app.toast("Sent as d2: 202")).toBeVisible();
  await expect(app.rows()).toHaveCount(2);
  await expect(app.selectedRow.getByRole("img", { name: "Edited from d1" })).toBeVisible();
  await expect(app.selectedRow).toContainText("Verified");
  await expect(app.detail.getByRole("region", { name: "Answer", exact: true })).toContainText("202");
  expect(handler.bodies.map(String)).toEqual([BODY.replace(/}$/, ',"mine":1}')]);

  await app.tab("Overview").click();
  await app.detail.getByRole("button", { name: "Compare with the original" }).click();
  await expect(app.dialog).toContainText("mine");
  await page.keyboard.press("Escape");
  await app.detail.getByText("edited from").getByRole("button", { name: "d1" }).click();
  await expect(app.selectedRow).toContainText("Rendition ready");
  await expect(app.selectedRow.getByRole("img", { name: "Edited from d1" })).toHaveCount(0);
});

test("it is said that the check will fail where the old signature is kept, and it does", async ({
  app,
  page,
  inspector,
}) => {
  await using handler = await startHandler();
  await selectOne(app, inspector, handler.url);
  await openEditor(app, page);

  await page.keyboard.press("Control+a");
  await page.keyboard.type('{"type": oops');
  await app.dialog.getByRole("radio", { name: "As it is" }).check();

  await expect(app.dialog).toContainText("Not JSON, line 1, column 10: expected a value.");
  await expect(check(app, "check will fail: the body was changed and the old signature kept.")).toBeVisible();
  await app.dialog.getByRole("button", { name: "Send" }).click();
  await expect(app.detail.getByRole("region", { name: "Answer", exact: true })).toContainText("401");
  await expect(app.selectedRow).toContainText("Failed");
});

test("it is signed with another secret, and with none where none is known", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await selectOne(app, inspector, receiver.url);
  await openEditor(app, page);

  await app.dialog.getByRole("radio", { name: "Signed anew with another secret" }).check();
  await expect(app.dialog.getByRole("button", { name: "Send" })).toBeDisabled();
  await app.dialog.getByLabel("Secret", { exact: true }).fill("sig_sec_mine");
  await expect(check(app, "will pass only where your server has this secret")).toBeVisible();
  const webhookId = app.dialog.locator(`input[value="${WEBHOOK}"]`);
  await webhookId.fill("webhook_unknown");
  await expect(check(app, "no secret is known for webhook_unknown")).toBeVisible();
  await app.dialog.getByRole("radio", { name: "Signed anew with the webhook's secret" }).check();
  await expect(check(app, "No secret of the webhook webhook_unknown is known here")).toBeVisible();
});

test("bytes that are no text are edited as hex digits, and sent as they were written", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  await selectOne(app, inspector, receiver.url, Buffer.from([0xff, 0x00, 0x0d, 0x0a]));
  await page.keyboard.press("e");
  const hex = app.dialog.getByRole("textbox", { name: "Body in hex digits" });
  await expect(hex).toHaveText("ff 00 0d 0a");
  await expect(app.dialog.getByRole("radio", { name: "Text" })).toBeDisabled();

  await page.keyboard.press("Control+End");
  await page.keyboard.type(" 7");
  await expect(app.dialog).toContainText("Line 1: 7 is half a byte too much");
  await expect(hex).toHaveAttribute("aria-invalid", "true");
  await expect(app.dialog.getByRole("button", { name: "Send" })).toBeDisabled();
  await page.keyboard.type("f");
  await page.keyboard.press("Control+Enter");

  await expect(app.dialog).toHaveCount(0);
  expect(receiver.requests.map(({ body }) => [...body])).toEqual([[0xff, 0x00, 0x0d, 0x0a, 0x7f]]);
});

test("headers are added, moved and taken away, and what cannot stand in one is said beside it", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  await selectOne(app, inspector, receiver.url);
  await openEditor(app, page);
  const names = app.dialog.getByRole("textbox", { name: /^Name of header/ });
  const count = await names.count();
  const last = count + 1;

  await app.dialog.getByRole("button", { name: "Add a header" }).press("Enter");
  await expect(app.dialog.getByLabel(`Name of header ${last}`)).toBeFocused();
  await page.keyboard.type("X Mine");
  await expect(app.dialog.getByLabel(`Name of header ${last}`)).toHaveAccessibleDescription(/no spaces and no colon/);
  await app.dialog.getByLabel(`Name of header ${last}`).fill("X-Mine");
  await app.dialog.getByLabel(`Value of header ${last}`).fill("é");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(app.dialog.getByLabel(`Value of header ${last - 1}`)).toBeFocused();
  await app.dialog.getByRole("button", { name: "Remove header 1", exact: true }).press("Enter");
  await expect(app.dialog.getByRole("button", { name: "Remove header 1", exact: true })).toBeFocused();
  await expect(app.dialog).toContainText("Changed: 1 header.");
  await page.keyboard.press("Control+Enter");

  await expect(app.dialog).toHaveCount(0);
  const [request] = receiver.requests;
  expect(request?.rawHeaders).toContain("X-Mine");
  expect(request?.rawHeaders).toContain("é");
});

test("edits are not lost by Escape, nor by an engine that is gone", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await makeLineCuttable(page);
  await page.reload();
  await expect(app.status).toBeVisible();
  await selectOne(app, inspector, receiver.url);
  await openEditor(app, page);
  await page.keyboard.type(" ");

  await page.keyboard.press("Escape");
  await expect(app.dialog.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Escape");
  const body = app.dialog.getByRole("textbox", { name: "Body" });
  await expect(body).toBeFocused();

  await cutLine(page);
  await expect(body).toBeDisabled();
  await page.keyboard.type("lost");
  await page.keyboard.press("Control+Enter");
  await joinLine(page);
  await expect(body).toBeEnabled();
  await expect(body).toHaveText(` ${BODY}`);
  expect(receiver.requests).toEqual([]);

  await page.keyboard.press("Escape");
  await app.dialog.getByRole("button", { name: "Lose them" }).click();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.rows()).toHaveCount(1);
});

test("while a slow server is waited for, the dialog can be left, and what it answers is told", async ({
  app,
  page,
  inspector,
}) => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const server = createServer(async (_request, response) => {
    asked.resolve();
    await answer.promise;
    response.writeHead(204).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await selectOne(app, inspector, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await openEditor(app, page);
    await page.keyboard.type(" ");
    await page.keyboard.press("Control+Enter");
    await asked.promise;
    await expect(app.dialog.getByRole("button", { name: "Waiting for your server" })).toBeDisabled();
    await page.keyboard.press("Escape");
    await expect(app.dialog).toHaveCount(0);
    await page.keyboard.press("t");
    await expect(app.dialog.getByLabel("Payload shape")).toBeVisible();
    answer.resolve();

    await expect(app.toast("Sent as d2: 204")).toBeVisible();
    await expect(app.dialog.getByLabel("Payload shape")).toBeVisible();
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("a target that is not allowed is refused with the way to allow it, and nothing is kept", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  await selectOne(app, inspector, receiver.url);
  await openEditor(app, page);
  await page.keyboard.type(" ");

  await app.dialog.getByLabel("Send to").fill("http://192.0.2.1:9/own");
  await expect(app.dialog.getByLabel("Path")).toHaveAccessibleDescription(/a path of its own, which is sent instead/);
  await expect(app.dialog).toContainText("It goes to http://192.0.2.1:9/own.");
  await app.dialog.getByRole("button", { name: "Send" }).click();

  await expect(app.dialog.getByRole("alert")).toContainText("192.0.2.1 is not this machine");
  await expect(app.dialog.getByRole("button", { name: "Allow 192.0.2.1" })).toBeVisible();
  expect((await inspector.client.call("deliveries.list", {})).total).toBe(1);
});

test("it is sent to a target by its name, which leads where the target does", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await selectOne(app, inspector, "http://127.0.0.1:9");
  await openEditor(app, page);
  const sendTo = app.dialog.getByLabel("Send to");
  await sendTo.fill("staging");
  await expect(app.dialog.getByText("It cannot be sent yet")).toBeVisible();
  await expect(sendTo).toHaveAccessibleDescription(/the name of one under Forwarding, an http:\/\/ or https:\/\/ URL/);

  await inspector.client.call("settings.update", {
    targets: [{ name: "Staging", url: `${receiver.url}/own`, headers: [["X-Stage", "1"]] }],
  });
  await expect(sendTo).toHaveAccessibleDescription(`It leads to ${receiver.url}/own`);
  await expect(app.dialog.getByLabel("Path")).toHaveAccessibleDescription(/a path of its own, which is sent instead/);
  await expect(app.dialog).toContainText(`It goes to ${receiver.url}/own.`);
  await expect(page.locator("datalist option")).toHaveAttribute("value", "Staging");
  await page.keyboard.press("Control+Enter");

  await expect(app.dialog).toHaveCount(0);
  expect(receiver.requests.map(({ url, rawHeaders }) => [url, rawHeaders.includes("X-Stage")])).toEqual([
    ["/own", true],
  ]);
});

test("a body too large for an editor stays as it is, and the rest can be edited", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  const large = JSON.stringify({ type: "video.uploaded", text: "a".repeat(1024 * 1024) });
  await selectOne(app, inspector, receiver.url, large);
  await page.keyboard.press("e");

  await expect(app.dialog).toContainText("it is too large to be edited here");
  await app.dialog.getByLabel("Path").fill("/other");
  await expect(check(app, "check will pass")).toBeVisible();
  await page.keyboard.press("Control+Enter");

  await expect(app.dialog).toHaveCount(0);
  expect(receiver.requests.map(({ url, body }) => [url, body.toString() === large])).toEqual([["/other", true]]);
});
