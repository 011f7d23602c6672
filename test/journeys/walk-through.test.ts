import { describe, expect, it } from "vitest";
import type { Fault } from "#shared/domain/fault.ts";
import { resultsOf, run } from "../helpers/runs.ts";
import { type StartedEngine, startEngine } from "../helpers/start-engine.ts";
import { captureEvents, ESCAPED, freePort, REWRITTEN, startHandler, TWICE } from "../helpers/walk-through.ts";

/** `d1.2 500`: the second sending of d1 was answered 500. */
async function answersOf(started: StartedEngine, id: string): Promise<string[]> {
  const results = await resultsOf(started, id);
  return results.map(({ deliveryId, copy, status }) => `${deliveryId}.${copy} ${status}`);
}

async function fixedIn(started: StartedEngine, id: string): Promise<string[]> {
  const results = await resultsOf(started, id);
  return results.filter(({ verdict }) => verdict === "fixed").map(({ deliveryId, copy }) => `${deliveryId}.${copy}`);
}

describe("a handler with three bugs", () => {
  it("is found out by what was captured, and mended bug by bug, each verdict naming what that fixed", async () => {
    await using started = await startEngine({ connect: false });
    await captureEvents({ client: started.client, listenerUrl: started.engine.listenerUrl });
    const port = await freePort();
    const target = `http://127.0.0.1:${port}`;
    const replay = (fault: Fault) => run(started, { query: "", target, fault });

    {
      await using _ = await startHandler("handler-0-three-bugs.js", port);
      const { deliveryId, outcome } = await started.client.call("replay.send", {
        ...{ id: "d4", target, edits: { body: ESCAPED }, sign: "webhook" },
      });
      expect({ deliveryId, outcome }).toMatchObject({ deliveryId: "d5", outcome: { status: 401 } });
      const twice = await replay(TWICE);
      expect(await answersOf(started, twice.id)).toEqual([
        ...["d1.1 204", "d1.2 500", "d2.1 204", "d2.2 500", "d3.1 500", "d3.2 500"],
        ...["d4.1 204", "d4.2 204", "d5.1 401", "d5.2 401"],
      ]);
      expect(twice.tally.expected).toBe(4);
    }
    {
      // It has seen nothing yet, so that only the signature counts: what was written anew is taken for genuine.
      await using _ = await startHandler("handler-0-three-bugs.js", port);
      const rewritten = await replay(REWRITTEN);
      expect(await answersOf(started, rewritten.id)).toEqual([
        "d1.1 204",
        "d2.1 204",
        "d3.1 500",
        "d4.1 204",
        "d5.1 401",
      ]);
      expect(rewritten.tally.expected).toBe(1);
    }
    {
      await using _ = await startHandler("handler-1-exact-bytes.js", port);
      const twice = await replay(TWICE);
      expect(await fixedIn(started, twice.id)).toEqual(["d5.1", "d5.2"]);
      const rewritten = await replay(REWRITTEN);
      expect(await fixedIn(started, rewritten.id)).toEqual(["d1.1", "d2.1", "d3.1", "d4.1"]);
      expect(rewritten.tally.expected).toBe(5);
    }
    {
      await using _ = await startHandler("handler-2-idempotent.js", port);
      expect(await fixedIn(started, (await replay(TWICE)).id)).toEqual(["d1.2", "d2.2"]);
    }
    {
      await using _ = await startHandler("handler-3-unknown-rendition.js", port);
      const last = await replay(TWICE);
      expect(await fixedIn(started, last.id)).toEqual(["d3.1", "d3.2"]);
      expect(last.tally).toMatchObject({ accepted: 10, expected: 10, regressed: 0 });
    }
  });
});
