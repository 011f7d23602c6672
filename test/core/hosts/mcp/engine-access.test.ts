import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { connectEngine } from "#core/hosts/cli/connect-engine.ts";
import { createEngineAccess, type EngineAccess } from "#core/hosts/cli/mcp/engine-access.ts";
import { sendDelivery } from "../../../helpers/api-video-delivery.ts";
import { startAgent } from "../../../helpers/mcp-client.ts";
import { startRunningEngine } from "../../../helpers/running-engine.ts";
import { startEngine } from "../../../helpers/start-engine.ts";
import { tempDir } from "../../../helpers/temp-dir.ts";

describe("an agent without an inspector that runs", () => {
  it("reads the history of a folder, and leaves it free in between", async () => {
    using dir = tempDir();
    await using agent = await startAgent(dir.path);
    await agent.call("trigger_event", { type: "video.caption.generated" });

    const listed = await agent.call("list_deliveries");
    // The folder can be opened again only once the engine of the last call has let it go.
    const { client, ...app } = await startRunningEngine({ dataDir: dir.path });
    await sendDelivery(app.engine.listenerUrl);
    const beside = await agent.call("get_status");
    await app[Symbol.asyncDispose]();
    const after = await agent.call("list_deliveries");

    expect(listed.facts).toMatchObject({ total: 1 });
    expect(beside.facts).toMatchObject({ isRunning: true, counts: { total: 2 } });
    expect(after.facts).toMatchObject({ total: 2 });
    expect((await agent.call("get_status")).facts).toMatchObject({ isRunning: false });
  });

  it("makes nothing in a folder that holds nothing, and says so", async () => {
    using dir = tempDir();
    await using agent = await startAgent(dir.path);

    const { isError, texts } = await agent.call("list_deliveries");

    expect({ isError, texts }).toEqual({
      isError: true,
      texts: [expect.stringMatching(/^delivery\.not_found: There are no deliveries in /)],
    });
    expect(readdirSync(dir.path)).toEqual([]);
  });

  it("has one engine for all that it asks at once, which ends with the last", async () => {
    using dir = tempDir();
    let made = 0;
    const engine = createEngineAccess({ dataDir: dir.path }, () => {
      made += 1;
      return connectEngine({ dataDir: dir.path });
    });
    await using agent = await startAgent(dir.path, engine);

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => agent.call("trigger_event", { type: "video.caption.generated" })),
    );
    expect(answers.map(({ isError }) => isError)).not.toContain(true);
    expect(made).toBe(1);

    expect((await agent.call("list_deliveries")).facts).toMatchObject({ total: 8 });
    expect(made).toBe(2);
  });

  it("is told who has the folder where nobody can be asked, and can ask again", async () => {
    using dir = tempDir();
    await using agent = await startAgent(dir.path);
    {
      // An engine that holds the folder and has no control API.
      await using _holder = await startEngine({ dataDir: dir.path, connect: false });

      const { isError, texts } = await agent.call("list_deliveries");

      expect({ isError, texts }).toEqual({ isError: true, texts: [expect.stringMatching(/^store\.locked: /)] });
    }

    expect(await agent.call("list_deliveries")).toMatchObject({ isError: false, facts: { total: 0 } });
  });
});

describe("an agent whose inspector goes away and comes back", () => {
  it("is told in words, and goes on with the next one", async () => {
    using dir = tempDir();
    await using agent = await startAgent(dir.path);
    const first = await startRunningEngine({ dataDir: dir.path });
    const waiting = agent.call("wait_for_delivery", { after: "d404", timeoutSeconds: 1.5 });
    await first[Symbol.asyncDispose]();
    await using second = await startRunningEngine({ dataDir: dir.path });
    await sendDelivery(second.engine.listenerUrl);

    expect((await waiting).texts).toEqual([expect.stringMatching(/^host\.disconnected: /)]);
    expect((await agent.call("list_deliveries")).facts).toMatchObject({ total: 1 });
    expect((await agent.call("wait_for_delivery", { after: "d0" })).facts).toMatchObject({ found: { id: "d1" } });
  });
});

describe("an agent that does not wait any longer", () => {
  it("ends what it asked for", async () => {
    using dir = tempDir();
    await using _started = await startRunningEngine({ dataDir: dir.path });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const engine = createEngineAccess({ dataDir: dir.path });
    const watched: EngineAccess = {
      dataDir: engine.dataDir,
      use(need, work) {
        begun.resolve();
        return engine.use(need, work).finally(resolve);
      },
      [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
    };
    await using agent = await startAgent(dir.path, watched);
    const cancel = new AbortController();

    const waiting = agent.client.callTool(
      { name: "wait_for_delivery", arguments: { timeoutSeconds: 100 } },
      { signal: cancel.signal },
    );
    await begun.promise;
    cancel.abort();

    await expect(waiting).rejects.toThrow();
    await ended;
  });
});
