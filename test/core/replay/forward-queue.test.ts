import { describe, expect, it } from "vitest";
import { createForwardQueue } from "#core/replay/forward-queue.ts";
import { startRawTarget } from "./raw-target.ts";
import { replayerFixture } from "./replayer-fixture.ts";

const ids = (count: number) => Array.from({ length: count }, (_, i) => `d${i + 1}`);

/** All that can go on without the outside has gone on. */
const settled = () => new Promise(setImmediate);

/** A queue whose sendings last until they are ended. */
function heldQueue() {
  const started: string[] = [];
  const ended: string[] = [];
  const errors: unknown[] = [];
  const holds = new Map<string, PromiseWithResolvers<void>>();
  const queue = createForwardQueue<string, void>({
    async prepare(id) {
      return async () => {
        started.push(id);
        const hold = Promise.withResolvers<void>();
        holds.set(id, hold);
        await hold.promise;
      };
    },
    onError: (error) => void errors.push(error),
  });
  return {
    queue,
    started,
    ended,
    errors,
    async add(id: string) {
      await queue.add(id);
      ended.push(id);
    },
    async end(id: string, error?: Error) {
      if (error) holds.get(id)?.reject(error);
      else holds.get(id)?.resolve();
      await settled();
    },
  };
}

describe("forwards", () => {
  it("start in the order in which they were asked for, however long each takes to prepare", async () => {
    const started: string[] = [];
    const queue = createForwardQueue<string, void>({
      async prepare(id) {
        for (let turns = Number(id.slice(1)) % 4; turns > 0; turns -= 1) await settled();
        return async () => void started.push(id);
      },
      onError() {},
    });

    // More than the queue keeps before it lets go of what is done.
    await Promise.all(ids(300).map((id) => queue.add(id)));

    expect(started).toEqual(ids(300));
  });

  it("are fifty at a time; the next one starts when one has ended", async () => {
    const { add, end, started, ended } = heldQueue();
    for (const id of ids(60)) void add(id);
    await settled();
    expect(started).toEqual(ids(50));

    await end("d7");

    expect(started).toEqual(ids(51));
    expect(ended).toEqual(["d7"]);
  });

  it("go on after one that could not be prepared and one that failed", async () => {
    const { queue, add, end, started, ended, errors } = heldQueue();
    const unprepared = new Error("gone");
    const broken = createForwardQueue<string, void>({
      prepare: async (id) => {
        if (id === "bad") throw unprepared;
        return id === "nothing" ? null : () => queue.add(id);
      },
      onError: (error) => void errors.push(error),
    });
    await Promise.all([broken.add("bad"), broken.add("nothing")]);
    for (const id of ["d1", "d2"]) void add(id);
    await settled();
    const failed = new Error("failed");

    await end("d1", failed);
    await end("d2");

    expect(errors).toEqual([unprepared, failed]);
    expect([started, ended]).toEqual([
      ["d1", "d2"],
      ["d1", "d2"],
    ]);
  });

  it("that wait are dropped at the end, which comes when those under way have ended", async () => {
    const { queue, add, end, started, ended } = heldQueue();
    for (const id of ids(52)) void add(id);
    await settled();
    let isClosed = false;

    const closing = async () => {
      await queue.close();
      isClosed = true;
    };
    const closed = closing();

    for (const id of ids(50)) {
      expect(isClosed).toBe(false);
      await end(id);
    }
    await closed;
    expect(started).toEqual(ids(50));
    // Those that were dropped resolve as well: nobody waits for them any more.
    expect(ended.slice(0, 2)).toEqual(["d51", "d52"]);
  });

  it("end at once where none is under way", async () => {
    const { queue } = heldQueue();

    await expect(queue.close()).resolves.toBeUndefined();
  });

  it("reach a busy server fifty at a time, and all of them in the end", async () => {
    const waiting: (() => void)[] = [];
    await using target = await startRawTarget({
      onRequest(socket) {
        waiting.push(() => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
        // As many wait as can: from the fiftieth on, each one that comes lets the oldest go.
        if (target.requests.length >= 50) waiting.shift()?.();
        if (target.requests.length === 120) for (const answer of waiting) answer();
      },
    });
    let underWay = 0;
    let most = 0;
    await using fixture = replayerFixture(
      {},
      {
        defaultTarget: () => target.url,
        async load() {
          underWay += 1;
          most = Math.max(most, underWay);
          return { method: "POST", path: "/", headers: [], body: Buffer.from("{}") };
        },
        onAttempt() {
          underWay -= 1;
        },
      },
    );

    await Promise.all(ids(120).map((id) => fixture.replayer.forward(id)));

    expect(most).toBe(50);
    expect(fixture.recorded.map(({ deliveryId }) => deliveryId).toSorted()).toEqual(ids(120).toSorted());
    expect(fixture.recorded.map(({ outcome }) => outcome.kind)).toEqual(ids(120).map(() => "answered"));
  });
});
