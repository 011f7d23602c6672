import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeCodec } from "./codec.ts";
import { FakeApp } from "./fake/app.ts";
import { createBrowserWindowClass } from "./fake/browser-window.ts";
import { strict } from "./fake/harness.ts";
import { FakeProtocol } from "./fake/protocol.ts";
import { FakeSession } from "./fake/session.ts";

describe("the harness that stands for Electron", () => {
  it.each([
    { contextIsolation: false },
    { sandbox: false },
    { webSecurity: false },
    { nodeIntegration: true },
    { nodeIntegrationInWorker: true },
    { nodeIntegrationInSubFrames: true },
    { webviewTag: true },
    { allowRunningInsecureContent: true },
    { experimentalFeatures: true },
  ])("refuses a window with %o", (webPreferences) => {
    const app = new FakeApp();
    const BrowserWindow = createBrowserWindowClass(app, () => {
      throw new Error("no Chromium in this test");
    });
    app.become({ closeWindows: () => true, closeBrowser: async () => undefined });

    expect(() => new BrowserWindow({ webPreferences })).toThrow("refused webPreferences");
  });

  it("throws for a member of Electron that it does not have", () => {
    const dock = strict("app", { quit: () => "quit" }) as Record<string, () => unknown>;

    expect(dock["quit"]?.()).toBe("quit");
    expect(() => dock["setBadgeCount"]).toThrow("app.setBadgeCount is not there");
  });

  it("knows a permission that nobody handles as granted, as Electron does", async () => {
    expect(await new FakeSession().askPermission("geolocation")).toMatchObject({ requested: true, checked: true });
  });

  it("maps custom schemes to Chromium and back", () => {
    const protocol = new FakeProtocol(() => false);
    protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges: { standard: true } }]);

    const url = protocol.toChromium("app://inspector/index.html#/x");

    expect(url).toBe("https://inspector.app.fake.invalid/index.html#/x");
    expect(protocol.fromChromium(url)).toBe("app://inspector/index.html#/x");
    expect(protocol.toChromium("https://example.com/")).toBe("https://example.com/");
  });

  it("carries every value that JSON has over its wire, and what JSON has no word for", () => {
    const { encode, decode } = makeCodec();
    const carry = (value: unknown) => decode(JSON.parse(JSON.stringify(encode(value))));

    const values = [undefined, Number.NaN, -0, 10n, new Date(0), new Map([["a", new Set([1])]]), Uint8Array.of(0, 255)];
    expect(carry(values)).toEqual(values);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(carry(value)).toEqual(value);
      }),
    );
  });

  it("clones no functions, symbols or cycles", () => {
    const { encode } = makeCodec();
    const cycle: unknown[] = [];
    cycle.push(cycle);

    for (const value of [() => 1, Symbol("x"), cycle]) expect(() => encode(value)).toThrow("could not be cloned");
  });
});
