import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { canary } from "../helpers/canary.ts";
import { CLI, startChild } from "../helpers/child.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const DELIVERIES = 1_500;

/** Kills a real process while it erases, as soon as its events tell of this step. */
async function killDuring(step: string, dataDir: string): Promise<void> {
  const args = ["--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0"];
  await using child = await startChild([CLI, "serve", "--json", "--no-open", ...args]);
  const { uiUrl = "", token = "" } = child.ready;
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const events = await fetch(new URL("/api/events", uiUrl), { headers });
  const body = JSON.stringify({ confirm: "erase everything" });
  // It never answers.
  void fetch(new URL("/api/call/app.erase", uiUrl), { method: "POST", headers, body }).catch(() => undefined);
  let told = "";
  for await (const chunk of events.body ?? []) {
    told += Buffer.from(chunk).toString();
    if (told.includes(`"step":"${step}"`)) break;
  }
  await child.end("SIGKILL");
}

it.each(["secrets", "deliveries", "file"])(
  "can be erased again after it was killed in the midst of erasing (%s)",
  async (step) => {
    using dir = tempDir();
    const text = canary();
    {
      await using filled = await startEngine({ dataDir: dir.path, connect: false });
      const { listenerUrl } = filled.engine;
      const send = () => fetch(listenerUrl, { method: "POST", body: JSON.stringify({ type: "video.uploaded", text }) });
      for (let n = 0; n < DELIVERIES; n += 100) await Promise.all(Array.from({ length: 100 }, send));
      await filled.client.call("settings.update", { forwardTo: `http://localhost:1/${text}` });
      await filled.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: text });
    }

    await killDuring(step, dir.path);

    await using again = await startEngine({ dataDir: dir.path });
    const { problems } = await again.client.call("app.snapshot", {});
    expect(problems).toMatchObject([{ id: "erase" }]);
    await again.client.call("app.erase", { confirm: "erase everything" });
    const files = readdirSync(dir.path).map((name) => readFileSync(join(dir.path, name), "latin1"));
    expect(files.join()).not.toContain(text);
    expect((await again.client.call("app.snapshot", {})).problems).toEqual([]);
  },
  60_000,
);
