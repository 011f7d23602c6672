import { describe, expect, it } from "vitest";
import { openTestStore } from "../core/store/test-store.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { CLI, runChild, startChild } from "../helpers/child.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** Another program that writes to the database, as far as it gets: says so, and holds on until it is ended. */
const FOREIGN = `
  const db = new (require("better-sqlite3"))(process.argv[1] + "/inspector.db", { timeout: 0, fileMustExist: true });
  let got = "lock";
  try { db.exec("BEGIN IMMEDIATE"); } catch (error) { got = error.code; }
  console.log(JSON.stringify({ got }));
  setInterval(() => {}, 1000);
`;

const startForeign = (dataDir: string) => startChild(["-e", FOREIGN, dataDir]);

describe("another program at the database", () => {
  it("that writes as the app starts is named in one line, and once it is gone all is there", async () => {
    using dir = tempDir();
    {
      await using started = await startEngine({ dataDir: dir.path, connect: false });
      await sendDelivery(started.engine.listenerUrl);
    }
    await using foreign = await startForeign(dir.path);
    expect(foreign.ready["got"]).toBe("lock");

    const args = ["--data-dir", dir.path, "--listener-port", "0", "--ui-port", "0"];
    const { code, stdout, stderr } = await runChild([CLI, "serve", "--json", "--no-open", ...args]);

    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr.trim()).toMatch(/^apivideo-inspector: Another .* is using .*inspector\.db.*--data-dir\.$/);
    await foreign.end("SIGKILL");
    await using store = await openTestStore(dir.path);
    expect(store.counts.total).toBe(1);
  });

  it("gets no lock while the app runs, also after everything was erased, and no delivery waits for it", async () => {
    using dir = tempDir();
    await using started = await startEngine({ dataDir: dir.path, connect: false });
    const { client, engine } = started;
    await sendDelivery(engine.listenerUrl);

    for (const total of [2, 1]) {
      await using foreign = await startForeign(dir.path);
      expect(foreign.ready["got"]).toMatch(/^SQLITE_BUSY/);
      expect((await sendDelivery(engine.listenerUrl)).status).toBe(202);
      expect((await client.call("deliveries.list", {})).total).toBe(total);
      await client.call("app.erase", { confirm: "erase everything" });
    }
    expect((await client.call("app.snapshot", {})).problems).toEqual([]);
  });
});
