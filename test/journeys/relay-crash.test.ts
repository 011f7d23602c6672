import { expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { CLI, startChild } from "../helpers/child.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

it("keeps a delivery whose answer was still being waited for when the app was killed", async () => {
  using dir = tempDir();
  await using receiver = await startReceiver();
  receiver.hold();
  {
    await using first = await startEngine({ connect: false, dataDir: dir.path });
    await first.client.call("settings.update", { answerMode: "relay", forwardTo: receiver.url, firstRunDone: true });
  }
  const ports = ["--listener-port", "0", "--ui-port", "0"];
  await using child = await startChild([CLI, "serve", "--json", "--no-open", "--data-dir", dir.path, ...ports]);
  const sending = sendDelivery(child.ready["listenerUrl"] ?? "", { body: "kept" }).catch(() => "no answer");
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 10_000 });

  await child.end("SIGKILL");

  expect(await sending).toBe("no answer");
  await using again = await startEngine({ connect: false, dataDir: dir.path });
  const [delivery] = (await again.client.call("deliveries.list", {})).items;
  expect(delivery).toMatchObject({ id: "d1", answered: null, bodyBytes: 4 });
});
