import { createServer } from "node:net";
import { expect, it } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { startEngine } from "../helpers/start-engine.ts";

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Sends until somebody answers, and gives the status. */
async function firstAnswer(url: string): Promise<number> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    try {
      return (await sendDelivery(url)).status;
    } catch {
      // Nobody listens yet.
    }
  }
  return 0;
}

it("takes the very first delivery, however early it comes", async () => {
  const port = await freePort();
  const answered = firstAnswer(`http://127.0.0.1:${port}/`);

  await using started = await startEngine({ connect: false, listenerPort: port });

  expect(await answered).toBe(202);
  expect((await started.client.call("app.snapshot", {})).counts.total).toBe(1);
});
