import { gzipSync } from "node:zlib";
import { expect, test } from "../fixtures.ts";

const LIMIT_KB = 200;

test("the first screen needs at most 200 kB of JavaScript, compressed", async ({ page, inspector }) => {
  // What is fetched ahead once nothing else is to do is no part of it.
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  const scripts: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.endsWith(".js")) scripts.push(response.body());
  });

  await page.goto(inspector.uiUrl);
  await expect(page.getByRole("heading", { name: "Receive your first webhook" })).toBeVisible();

  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length / 1024);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`JavaScript of the first screen: ${total.toFixed(0)} kB of ${LIMIT_KB} kB in ${sizes.length} file(s)`);
  expect(sizes.length).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(LIMIT_KB);
});
