import { join } from "node:path";
import { expect, it } from "vitest";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { runChild } from "../../helpers/child.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const REPLAY = [join(import.meta.dirname, "../../../src/core/hosts/cli/cli.ts"), "events", "replay"];

it("events replay goes where the routes say, or to the target that is named", async () => {
  using dir = tempDir();
  await using shop = await startReceiver();
  {
    await using started = await startEngine({ connect: false, dataDir: dir.path });
    await sendDelivery(started.engine.listenerUrl, {});
    await started.client.call("settings.update", {
      targets: [{ name: "Shop", url: shop.url, headers: [] }],
      routes: [{ name: "All", query: "", targets: ["shop"] }],
    });
  }
  const replay = (...args: string[]) => runChild([...REPLAY, "d1", "--data-dir", dir.path, ...args]);

  // One after the other: each holds the folder as long as it runs.
  const routed = await replay();
  const named = await replay("--to", "SHOP");
  const wrong = await replay("--to", "nobody");

  expect(routed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^replay \[200\] Shop: .*by route All\)\n$/) });
  expect(named).toMatchObject({ code: 0, stdout: expect.stringMatching(/^replay \[200\] Shop: .* ms\)\n$/) });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("The target is the name of one") as string });
  expect(shop.requests).toHaveLength(2);
}, 60_000);
