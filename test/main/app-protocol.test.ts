import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "#core/hosts/content-security-policy.ts";
import { APP_URL, createAppProtocol, isAppUrl } from "../../src/main/app-protocol.ts";

const SECRET = "outside the folder";
let folder: string;
let answer: (request: Request) => Promise<Response>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "app-protocol-"));
  const root = join(folder, "renderer");
  await mkdir(join(root, "assets"), { recursive: true });
  await mkdir(join(folder, "renderer-secrets"));
  await writeFile(join(root, "index.html"), '<meta property="csp-nonce" nonce="__CSP_NONCE__">');
  await writeFile(join(root, "assets", "index-1.js"), "export {};");
  await writeFile(join(root, "assets", "a b.css"), "body{}");
  await writeFile(join(root, "notes.txt"), SECRET);
  await writeFile(join(folder, "secret.js"), SECRET);
  await writeFile(join(folder, "renderer-secrets", "secret.js"), SECRET);
  await symlink(join(folder, "nowhere.js"), join(root, "broken.js"));
  answer = createAppProtocol(root);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** As Chromium hands it over: `Request` itself would refuse or rewrite some of these URLs. */
function get(url: string, method = "GET"): Promise<Response> {
  return answer({ url, method } as Request);
}

describe("the app: scheme", () => {
  it.each([
    [APP_URL, "text/html; charset=utf-8"],
    ["app://inspector/", "text/html; charset=utf-8"],
    ["app://inspector/#/deliveries", "text/html; charset=utf-8"],
    ["app://inspector/assets/index-1.js?v=1", "text/javascript; charset=utf-8"],
    ["app://inspector/assets/a%20b.css", "text/css; charset=utf-8"],
  ])("serves %s as %s", async (url, type) => {
    const response = await get(url);

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("gives each load of the page a nonce of its own, in the policy and in the page", async () => {
    const loads = [await get(APP_URL), await get(APP_URL)];

    const nonces = await Promise.all(loads.map(async (load) => /nonce="([^"]+)"/.exec(await load.text())?.[1] ?? ""));
    expect(new Set(nonces).size).toBe(2);
    for (const [i, load] of loads.entries()) {
      expect(load.headers.get("content-security-policy")).toBe(contentSecurityPolicy(nonces[i] ?? ""));
    }
  });

  it("has a policy without inline scripts, without foreign hosts and without frames", () => {
    expect(contentSecurityPolicy("abc")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-abc'; font-src 'self'; img-src 'self' data:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it.each([
    "app://inspector/../secret.js",
    "app://inspector/%2e%2e/secret.js",
    "app://inspector/..%2fsecret.js",
    "app://inspector/assets/..%2f..%2fsecret.js",
    "app://inspector/..%5csecret.js",
    "app://inspector/%2e%2e%2frenderer-secrets%2fsecret.js",
    "app://inspector/%252e%252e%252fsecret.js",
    "app://inspector//etc/passwd",
    "app://inspector/%2fetc%2fpasswd",
    "app://inspector/index.html%00.js",
    "app://inspector/%zz.js",
    "app://inspector/assets",
    "app://inspector/assets/",
    "app://inspector/missing.js",
    "app://inspector/broken.js",
    "app://inspector/notes.txt",
    "app://elsewhere/index.html",
    "app://inspector:80/index.html",
    "app://inspector@elsewhere/index.html",
    "https://inspector/index.html",
    "file:///etc/passwd",
    "not a url",
  ])("does not serve %s", async (url) => {
    const response = await get(url);

    expect(response.status).toBe(404);
    expect(await response.text()).toBe("");
  });

  it("serves nothing outside its folder, whatever path is asked for", async () => {
    const parts = fc.constantFrom(
      "..",
      ".",
      "/",
      "\\",
      "%2e",
      "%2f",
      "%5c",
      "%00",
      "secret.js",
      "renderer-secrets",
      "~",
    );

    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 8 }), async (path) => {
        const response = await get(`app://inspector/${path.join("")}`);
        expect(await response.text()).not.toContain(SECRET);
      }),
    );
  });

  it.each(["POST", "PUT", "DELETE"])("refuses %s", async (method) => {
    expect((await get(APP_URL, method)).status).toBe(405);
  });
});

describe("whose page it is", () => {
  it.each([
    [APP_URL, true],
    ["app://inspector/index.html#/x", true],
    ["app://inspector.evil/index.html", false],
    ["app://evil/inspector", false],
    ["https://inspector/", false],
    ["about:blank", false],
    ["", false],
  ])("%s is ours: %s", (url, expected) => {
    expect(isAppUrl(url)).toBe(expected);
  });
});
