import type { Page } from "@playwright/test";
import { startReceiver } from "../../helpers/receiver.ts";
import { expectNoFindings } from "../axe.ts";
import { cutLine, joinLine, makeLineCuttable } from "../cut-line.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";

const banner = (page: Page) => page.getByRole("region", { name: "Fault on demand" });
const form = (page: Page) => page.getByRole("form", { name: "Fault on demand" });
const faultOf = async ({ client }: Inspector) => (await client.call("app.snapshot", {})).faults;

async function forwardTo({ client }: Inspector, url: string): Promise<void> {
  await client.call("settings.update", { firstRunDone: true, forwardTo: url });
}

test("by keyboard alone, the next two deliveries are sent twice; the banner counts them down and goes", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  await forwardTo(inspector, receiver.url);
  await expect(app.status).toContainText(new URL(receiver.url).port);

  await page.locator("body").press("Control+k");
  await app.palette.fill("duplicate");
  await page.keyboard.press("Enter");
  const kind = form(page).getByLabel("What goes wrong");
  await expect(kind).toBeFocused();
  await page.keyboard.press("End");
  await expect(form(page).getByRole("status")).toContainText("without a signature, anybody may have sent it");
  await page.keyboard.press("Home");
  await expect(kind).toHaveValue("duplicate");
  for (let n = 0; n < 4; n++) await page.keyboard.press("Tab");
  await expect(form(page).getByLabel("How many of the next")).toBeFocused();
  await page.keyboard.type("2");
  await expect(form(page).getByRole("status")).toContainText("The next 2 deliveries are sent twice.");
  await page.keyboard.press("Enter");
  await expect(banner(page)).toContainText("The next 2 deliveries are sent twice.");

  const trigger = () => inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await trigger();
  await expect(banner(page)).toContainText("The next delivery is sent twice.");
  await trigger();
  await expect(banner(page)).toHaveCount(0);
  await trigger();

  await expect.poll(() => receiver.requests.length).toBe(5);
  await app.openArea("Deliveries");
  const mark = app.list.getByRole("img", { name: "Fault: Sent 2 times" });
  await expect(mark).toHaveCount(2);
  await app
    .rows()
    .filter({ has: page.getByRole("img", { name: "Fault: Sent 2 times" }) })
    .first()
    .click();
  await app.tab("Attempts").click();
  await expect(app.detail.getByText("Fault: Sent 2 times")).toHaveCount(2);
});

test("a refusal that was asked for is marked in the list and no alarm, and the fault is stopped where it was started", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  receiver.status = 401;
  await forwardTo(inspector, receiver.url);
  await app.openArea("Forwarding");
  await form(page).getByLabel("What goes wrong").selectOption("Signed with a wrong secret");
  await form(page).getByRole("radio", { name: "All, until I stop it" }).check();
  await expect(form(page).getByRole("status")).toContainText("2xx means that it does not check signatures.");
  await form(page).getByRole("button", { name: "Start" }).click();
  await expect(banner(page)).toContainText("All deliveries are signed with a wrong secret, until you stop it.");
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });

  await form(page).getByRole("button", { name: "Stop" }).press("Enter");

  await expect(banner(page)).toHaveCount(0);
  await expect(form(page).getByRole("button", { name: "Start", exact: true })).toBeFocused();
  expect(await faultOf(inspector)).toBeNull();
  await app.openArea("Deliveries");
  const row = app.rows("Captions ready");
  await expect(row.getByRole("img", { name: "Not accepted, with a fault put in on purpose" })).toBeVisible();
  await expect(row.getByRole("img", { name: "Fault: Signed with a wrong secret" })).toBeVisible();
  await row.click();
  await expect(app.detail).toContainText(
    "your server refused it with 401 (fault on demand: Signed with a wrong secret)",
  );
  await expect(app.detail.getByText("Forwarded with a fault: 401")).toBeVisible();
});

test("the banner stops the fault from wherever one is, and the focus stays in the window", async ({
  app,
  page,
  inspector,
}) => {
  await forwardTo(inspector, "1");
  await inspector.client.call("faults.set", { fault: { kind: "drop", every: 3 }, next: 10 });
  await expect(banner(page)).toContainText("Every 3rd delivery is not sent at all, 10 deliveries in all.");
  await app.openArea("Timeline");

  await banner(page).getByRole("button", { name: "Stop the fault" }).press("Enter");

  await expect(banner(page)).toHaveCount(0);
  await expect(page.getByRole("main", { name: "Timeline" })).toBeFocused();
  expect(await faultOf(inspector)).toBeNull();
});

test("what a fault still holds back is told after its end, and sent at once where that is wanted", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  await forwardTo(inspector, receiver.url);
  await inspector.client.call("faults.set", { fault: { kind: "delay", ms: 600_000 }, next: 1 });
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(banner(page)).toContainText("1 delivery is still held back (Delayed by 600 s).");
  expect(receiver.requests).toEqual([]);

  await banner(page).getByRole("button", { name: "Send at once" }).click();

  await expect(app.rows("Captions ready").getByRole("img", { name: "Fault: Delayed by 600 s" })).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  expect(receiver.requests).toHaveLength(1);
});

test("what cannot be says why beside its field, whoever notices it", async ({ app, page, inspector }) => {
  await forwardTo(inspector, "1");
  await app.openArea("Forwarding");
  await form(page).getByLabel("How many times").fill("21");
  await form(page).getByLabel("Every n-th delivery").fill("often");
  await form(page).getByLabel("How many of the next").fill("0");

  await expect(form(page).getByRole("alert")).toHaveText([
    "A whole number from 2 to 20.",
    "A whole number from 1 to 1000.",
    "A whole number from 1 to 100000.",
  ]);
  await expect(form(page).getByLabel("How many times")).toHaveAccessibleDescription(/A whole number from 2 to 20\.$/);
  await expect(form(page).getByRole("button", { name: "Start" })).toBeDisabled();
  await form(page).getByLabel("What goes wrong").selectOption("A header missing");
  await form(page).getByLabel("Header").fill("Host");
  await expect(form(page).getByLabel("Header")).toHaveAccessibleDescription(
    "No request can be sent without this header.",
  );
  await form(page).getByLabel("Header").fill("X-Api-Video-Signature");
  await form(page).getByLabel("Every n-th delivery").fill("1");
  await form(page).getByLabel("How many of the next").fill("1");

  // An engine that is stricter than this page.
  const refuse = (path: string, message: string) =>
    page.route("**/api/call/faults.set", (route) => {
      const error = {
        code: "input.invalid",
        message: `faults.set: ${path}: ${message}`,
        retryable: false,
        details: { path },
      };
      return route.fulfill({ json: { ok: false, error } });
    });
  await refuse("fault.name", "Not this one.");
  await form(page).getByRole("button", { name: "Start" }).click();
  await expect(form(page).getByLabel("Header")).toHaveAccessibleDescription("Not this one.");
  await page.unrouteAll();
  await refuse("fault.colour", "It is missing.");
  await form(page).getByRole("button", { name: "Start" }).click();
  await expect(form(page).getByRole("alert")).toHaveText("It is missing.");
  await page.unrouteAll();
  await form(page).getByRole("button", { name: "Start" }).click();
  await expect(banner(page)).toContainText("The next delivery is sent without X-Api-Video-Signature.");
  await expect(form(page).getByRole("alert")).toHaveCount(0);
});

test("with the engine gone, no fault can be started or stopped, and what was chosen is there when it is back", async ({
  app,
  page,
  inspector,
}) => {
  await makeLineCuttable(page);
  await page.reload();
  await forwardTo(inspector, "1");
  await inspector.client.call("faults.set", { fault: { kind: "drop" }, next: null });
  await expect(banner(page)).toBeVisible();
  await app.openArea("Forwarding");
  await form(page).getByLabel("What goes wrong").selectOption("Slow sender");
  await form(page).getByLabel("Bytes per second").fill("7");

  await cutLine(page);

  await expect(banner(page).getByRole("button")).toBeDisabled();
  const usable = form(page).locator("button, input, select").and(page.locator(":not([aria-disabled=true])"));
  await expect(usable).toHaveCount(0);
  await form(page).getByLabel("Bytes per second").press("Enter");
  await joinLine(page);

  await expect(banner(page).getByRole("button")).toBeEnabled();
  await expect(form(page).getByLabel("Bytes per second")).toHaveValue("7");
  expect(await faultOf(inspector)).toMatchObject({ fault: { kind: "drop" } });
});

test("axe finds nothing in either theme for any kind of fault, and nothing is cut from 320 px on", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("faults.set", { fault: { kind: "missing-header" }, next: null });
  await expect(banner(page)).toBeVisible();
  await app.openArea("Forwarding");
  await expect(page.getByText("Nothing is forwarded.")).toBeVisible();
  const kind = form(page).getByLabel("What goes wrong");
  await kind.selectOption("Body cut short");
  await form(page).getByLabel("What is sent").selectOption("So many of its bytes");
  await form(page).getByLabel("Bytes sent").fill("none");
  await expectNoFindings(page);
  for (const width of [320, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    for (const option of await kind.getByRole("option").allTextContents()) {
      await kind.selectOption(option);
      await expectNothingCut(page, `${option} at ${width} px`);
    }
  }
});

test("an attempt says what was done to it on purpose", async ({ app, page, inspector }) => {
  const { client } = inspector;
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await client.call("settings.update", { forwardTo: receiver.url });
  await client.call("faults.set", { fault: { kind: "drop" }, next: 1 });
  await client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect.poll(async () => (await client.call("app.snapshot", {})).faults).toBeNull();
  await client.call("faults.set", { fault: { kind: "wrong-secret" }, next: null });

  await app.rows().first().click();
  await app.tab("Attempts").click();
  await expect(app.detail.getByText("Not sent", { exact: true })).toBeVisible();
  await expect(app.detail.getByText("Fault: Dropped on purpose")).toBeVisible();
  await page.keyboard.press("r");
  await expect(app.detail.getByText("200", { exact: true })).toBeVisible();
  await expect(app.detail.getByText(/^Fault:/)).toHaveCount(1);

  await client.call("simulator.trigger", { type: "video.source.recorded" });
  await app.rows("Live recorded").click();
  await expect(app.detail.getByText("Fault: Signed with a wrong secret")).toBeVisible();
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNothingCut(page, "an attempt with a fault");
});
