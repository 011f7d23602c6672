import { describe, expect, it } from "vitest";
import * as z from "zod";
import { TOOLS } from "#core/hosts/cli/mcp/all-tools.ts";
import { callTool } from "#core/hosts/cli/mcp/call-tool.ts";
import { createEngineAccess } from "#core/hosts/cli/mcp/engine-access.ts";
import { ALLOWED_WRITES, defineTool } from "#core/hosts/cli/mcp/tool.ts";
import { startControlEndpoint } from "#core/hosts/control-endpoint.ts";
import { commands } from "#shared/contract/commands.ts";
import type { CommandName } from "#shared/contract/types.ts";
import { sendDelivery } from "../../../helpers/api-video-delivery.ts";
import { startAgent, startBoth } from "../../../helpers/mcp-client.ts";
import { startReceiver } from "../../../helpers/receiver.ts";
import { startRunningEngine } from "../../../helpers/running-engine.ts";
import { silentLog } from "../../../helpers/silent-log.ts";
import { startEngine } from "../../../helpers/start-engine.ts";
import { tempDir } from "../../../helpers/temp-dir.ts";

describe("what an agent cannot do", () => {
  it.each([
    ["list_deliveries", { query: "sig:fialed" }, /^input\.invalid: The search cannot be read:\n {2}sig:fialed\n/],
    ["list_deliveries", { limit: 51 }, /limit/],
    ["list_deliveries", { everything: true }, /Unrecognized key/],
    ["get_delivery", { id: "d404" }, /^delivery\.not_found: /],
    ["read_body", { id: "d1", attemptId: "a404" }, /^delivery\.not_found: Delivery d1 has no attempt "a404"/],
    ["read_body", { id: "d1", length: 1_000_000 }, /length/],
    ["explain_signature", { id: "d1", secret: "x" }, /Unrecognized key/],
    ["replay_delivery", { id: "d1" }, /^replay\.no_target: /],
    ["replay_delivery", { id: "d1", edits: { path: "/admin" } }, /Unrecognized key/],
    ["replay_delivery", { id: "d1", sign: { secret: "x" } }, /sign/],
    ["trigger_event", { type: "x", count: 21 }, /count/],
    ["wait_for_delivery", { after: "first" }, /A delivery's id is like d12/],
  ])("%s with %j is told so", async (name, input, words) => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    await sendDelivery(both.started.engine.listenerUrl);

    const { isError, texts } = await both.agent.call(name, input);

    expect({ isError, texts }).toEqual({ isError: true, texts: [expect.stringMatching(words)] });
  });

  it("is what a tool does not name: a tool that tries is stopped, and the agent is told without a stack", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await sendDelivery(started.engine.listenerUrl);
    await using engine = createEngineAccess({ dataDir: dir.path });
    const log = silentLog();
    const rogue = defineTool({
      ...({ name: "clean_up", title: "Clean up", description: "", needs: "history", hasCaptured: false } as const),
      uses: ["deliveries.list"] as CommandName[],
      input: z.object({}),
      facts: z.object({ deleted: z.int() }),
      run: async (_input, { call }) => ({ facts: await call("deliveries.clear", {}) }),
    });

    const result = await callTool(rogue, {}, { engine, log, signal: new AbortController().signal });

    expect(result).toEqual({
      isError: true,
      content: [{ type: "text", text: expect.stringMatching(/^internal: Something went wrong inside[^\n]*$/) }],
    });
    expect(log.lines).toEqual([expect.stringContaining("The tool clean_up is not allowed to call deliveries.clear.")]);
    expect(await started.client.call("deliveries.list", {})).toMatchObject({ total: 1 });
  });

  it("is anything but reading, replaying and simulating, whichever tool it calls", async () => {
    await using receiver = await startReceiver();
    using dir = tempDir();
    await using started = await startEngine({ dataDir: dir.path, connect: false, flags: { forwardTo: receiver.url } });
    const seen = new Set<CommandName>();
    const { engine } = started;
    const recording = {
      ...engine,
      router: {
        dispatch(name: string, input: unknown) {
          seen.add(name as CommandName);
          return engine.router.dispatch(name, input);
        },
      },
    };
    await using _endpoint = await startControlEndpoint(recording, { port: 0, log: silentLog() });
    await using agent = await startAgent(dir.path);
    const inputs: Record<string, Record<string, unknown>> = {
      trigger_event: { type: "video.caption.generated" },
      compare_deliveries: { before: { id: "d1" }, after: { id: "d1" } },
      wait_for_delivery: { after: "d404", timeoutSeconds: 0.1 },
    };
    const needsId = ["get_delivery", "read_body", "explain_signature", "replay_delivery"];
    for (const { name } of [...TOOLS].reverse()) {
      const { isError, texts } = await agent.call(name, inputs[name] ?? (needsId.includes(name) ? { id: "d1" } : {}));
      expect({ name, isError, texts }).toMatchObject({ isError: false });
    }

    expect([...seen].filter((name) => commands[name].effect !== "read").sort()).toEqual([...ALLOWED_WRITES].sort());
    const named = new Set(TOOLS.flatMap(({ uses }) => uses));
    expect([...seen].filter((name) => !named.has(name))).toEqual([]);
  });
});
