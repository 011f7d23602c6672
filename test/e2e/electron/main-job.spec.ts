import { expect } from "@playwright/test";
import { listWebhooks } from "../../helpers/simulator-account.ts";
import { keyboard, mouse } from "../main-job/hands.ts";
import { doMainJob } from "../main-job/main-job.ts";
import { startSurroundings } from "../main-job/surroundings.ts";
import { InspectorPage } from "../pages/inspector-page.ts";
import { test } from "./fixtures.ts";

for (const hands of [mouse, keyboard]) {
  test(`in the desktop's window by ${hands.name} alone: from the first start to both answers of a replay`, async ({
    desktop,
  }) => {
    await using surroundings = await startSurroundings();
    const started = await desktop.start();
    await started.call("settings.update", { tunnelHost: surroundings.relayUrl });

    const app = new InspectorPage(started.page);
    await doMainJob(app, hands(app), surroundings);

    expect(await listWebhooks(surroundings.simulatorUrl)).toHaveLength(1);
    expect(await started.app.quit()).toBe(0);
    expect(await listWebhooks(surroundings.simulatorUrl)).toEqual([]);
  });
}
