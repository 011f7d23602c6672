import { expect, it } from "vitest";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { CLI, runChild, startChild } from "../../helpers/child.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

it("status says what the running app is at, in lines or as JSON", async () => {
  using dir = tempDir();
  const ports = ["--listener-port", "0", "--ui-port", "0", "--no-open", "--forward-to", "http://127.0.0.1:1"];
  await using app = await startChild([CLI, "serve", "--json", "--data-dir", dir.path, ...ports]);
  const listenerUrl = app.ready["listenerUrl"] ?? "";
  await sendDelivery(listenerUrl, {});

  const { code, stdout } = await runChild([CLI, "status", "--data-dir", dir.path]);
  const json = await runChild([CLI, "status", "--data-dir", dir.path, "--format", "json"]);

  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Listener +ok +${new URL(listenerUrl).host}$`, "m"));
  expect(stdout).toMatch(/^Tunnel +off/m);
  expect(stdout).toMatch(/^Forward +warn +:1$/m);
  expect(stdout).toContain(`1 delivery, 0 verified, 0 failed, in ${dir.path}`);
  expect(JSON.parse(json.stdout)).toMatchObject({ dataDir: dir.path, counts: { total: 1 } });
});

it("status says with its exit code that none runs, and makes nothing there", async () => {
  using dir = tempDir();

  expect(await runChild([CLI, "status", "--data-dir", dir.path])).toMatchObject({
    code: 6,
    stdout: "",
    stderr: expect.stringContaining("No inspector runs on"),
  });
});
