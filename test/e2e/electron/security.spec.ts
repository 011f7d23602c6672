import { expect } from "@playwright/test";
import { host } from "../../electron-harness/launch.ts";
import { calls, test } from "./fixtures.ts";

test("the page has the bridge's functions and nothing else of Electron or Node", async ({ desktop }) => {
  const { page } = await desktop.start();

  const seen = await page.evaluate(() => {
    const scope = window as unknown as Record<string, unknown>;
    const bridge = scope["inspector"] as Record<string, unknown>;
    return {
      bridge: Object.keys(bridge).sort(),
      shell: Object.keys(bridge["shell"] as object).sort(),
      isFrozen: Object.isFrozen(bridge),
      others: ["require", "process", "module", "ipcRenderer", "electron"].filter((name) => name in scope),
    };
  });

  expect(seen).toEqual({
    bridge: ["call", "onAction", "onEvent", "onStatus", "shell"],
    shell: ["copyText", "onShow", "openLink", "saveFile"],
    isFrozen: true,
    others: [],
  });
});

test("an inline script is blocked by the content security policy, and the app itself violates it nowhere", async ({
  desktop,
}) => {
  const { page } = await desktop.start();
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await page.reload();
  await expect(page.getByRole("main")).toBeVisible();
  expect(violations).toEqual([]);

  const directive = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "window.wasRun = true";
        document.body.append(script);
      }),
  );

  expect(directive).toBe("script-src-elem");
  expect(await page.evaluate(() => "wasRun" in window)).toBe(false);
});

test("a page opens no window and goes nowhere; only links of api.video open outside", async ({ desktop }) => {
  test.skip(host === "electron", "A real browser must not be opened by a test.");
  const { app, page } = await desktop.start();
  const before = page.url();

  await page.evaluate(() => {
    window.open("https://docs.api.video/");
    window.open("https://example.com/");
    window.location.href = "https://example.com/away";
  });

  await expect.poll(() => calls(app)).toContain("navigation.prevented https://example.com/away");
  const seen = await calls(app);
  expect(seen.filter((call) => call.startsWith("window.open"))).toEqual([
    "window.open https://docs.api.video/ deny",
    "window.open https://example.com/ deny",
  ]);
  expect(seen.filter((call) => call.startsWith("shell."))).toEqual(["shell.openExternal https://docs.api.video/"]);
  expect(page.url()).toBe(before);
});

test("no permission is granted, whichever is asked for", async ({ desktop }) => {
  test.skip(host === "electron", "Electron's session does not let a test ask.");
  const { app } = await desktop.start();

  const answers = await app.evaluate(
    async ({ session }: { session: { defaultSession: { askPermission(name: string): Promise<object> } } }) => {
      const names = ["geolocation", "media", "clipboard-read", "notifications", "openExternal", "usb", "unknown"];
      return await Promise.all(names.map((name) => session.defaultSession.askPermission(name)));
    },
  );

  const denied = { requested: false, checked: false, device: false, screen: false };
  expect(answers).toEqual(Array(7).fill(denied));
});

test("the app is sandboxed before it is ready and reaches nothing beyond this machine", async ({ desktop }) => {
  test.skip(host === "electron", "Electron does not remember its calls.");
  const { app, deliver } = await desktop.start();
  await deliver({ type: "video.source.recorded" });

  expect((await calls(app))[0]).toBe("app.enableSandbox");
  const blocked = await app.evaluate(({ harness }: { harness: { blocked: string[] } }) => harness.blocked);
  expect(blocked).toEqual([]);
});
