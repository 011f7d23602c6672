import { listWebhooks } from "../../helpers/simulator-account.ts";
import { expect, test } from "../fixtures.ts";
import { keyboard, mouse } from "../main-job/hands.ts";
import { doMainJob } from "../main-job/main-job.ts";
import { startSurroundings } from "../main-job/surroundings.ts";

for (const hands of [mouse, keyboard]) {
  test(`by ${hands.name} alone: from the first start through the tunnel to both answers of a replay`, async ({
    app,
    inspector,
  }) => {
    await using surroundings = await startSurroundings();
    await inspector.client.call("settings.update", { tunnelHost: surroundings.relayUrl });

    await doMainJob(app, hands(app), surroundings);

    expect(await listWebhooks(surroundings.simulatorUrl)).toHaveLength(1);
    expect(await inspector.child.end("SIGTERM")).toBe(0);
    expect(await listWebhooks(surroundings.simulatorUrl)).toEqual([]);
  });
}
