import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { startReceiver } from "../../helpers/receiver.ts";
import { capture, resultsOf, run } from "../../helpers/runs.ts";
import { startEngine } from "../../helpers/start-engine.ts";

/** Every delivery of a webhook whose secret is known, so that a right handler can check it. */
const SECRET = "sig_sec_TestVector0000000000001";

describe("a run with a fault", () => {
  it("sends duplicates as sendings of their own, each with its result and its mark", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);

    const { id, total, tally } = await run(started, { target: receiver.url, fault: { kind: "duplicate" } });

    expect({ total, accepted: tally.accepted }).toEqual({ total: 4, accepted: 4 });
    const results = await resultsOf(started, id);
    expect(results.map(({ deliveryId, copy }) => `${deliveryId}.${copy}`)).toEqual(["d1.1", "d1.2", "d2.1", "d2.2"]);
    expect(results.every(({ fault }) => fault?.kind === "duplicate")).toBe(true);
    const { attempts } = await started.client.call("deliveries.get", { id: "d1" });
    expect(attempts.map(({ fault }) => fault)).toEqual([
      { kind: "duplicate", times: 2, every: 1 },
      { kind: "duplicate", times: 2, every: 1 },
    ]);
  });

  it("compares each sending with the same one of the last run that had the fault", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 1);
    const target = receiver.url;
    // A handler that is not idempotent, until it is mended.
    let isMended = false;
    const seen = new Set<string>();
    receiver.statusFor = ({ body }) => {
      const isRepeat = seen.has(body.toString());
      seen.add(body.toString());
      return isRepeat && !isMended ? 500 : 200;
    };

    await run(started, { target, fault: { kind: "duplicate" } });
    await run(started, { target });
    isMended = true;
    const { id } = await run(started, { target, fault: { kind: "duplicate" } });

    expect((await resultsOf(started, id)).map(({ verdict, status }) => [verdict, status])).toEqual([
      ["same", 200],
      ["fixed", 200],
    ]);
  });

  it("finds it right that what was spoilt is refused, and wrong that it is accepted", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);
    const target = receiver.url;

    const careless = await run(started, { target, fault: { kind: "wrong-secret" } });
    receiver.statusFor = ({ rawHeaders, body }) => {
      const signature = createHmac("sha256", SECRET).update(body).digest("hex");
      return rawHeaders.includes(signature) ? 200 : 401;
    };
    const careful = await run(started, { target, fault: { kind: "wrong-secret" } });

    expect(careless.tally).toMatchObject({ accepted: 2, expected: 0 });
    expect(careful.tally).toMatchObject({ refused: 2, expected: 2, fixed: 2 });
    expect((await resultsOf(started, careful.id)).map(({ isExpected }) => isExpected)).toEqual([true, true]);
  });

  it("is right and wrong by its own fault where it is compared with a run that had another, or none", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);
    const target = receiver.url;

    // A right handler.
    const plain = await run(started, { target });
    receiver.status = 401;
    const spoilt = await run(started, { target, fault: { kind: "wrong-secret" }, baseline: plain.id });
    receiver.status = 200;
    const back = await run(started, { target, baseline: spoilt.id });
    const compared = await started.client.call("runs.compare", { before: plain.id, after: spoilt.id });

    expect(spoilt.tally).toMatchObject({ fixed: 0, changed: 2, expected: 2 });
    expect(back.tally).toMatchObject({ fixed: 0, changed: 2, expected: 2 });
    expect(compared.tally).toMatchObject({ fixed: 0, changed: 2 });
    expect(compared.results).toMatchObject([{ target }, { target }]);
  });

  it("waits with what is delayed, also where that is all of it", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);
    const began = Date.now();

    const { id } = await run(started, { target: receiver.url, fault: { kind: "delay", ms: 400 } });

    const results = await resultsOf(started, id);
    expect(results.map(({ fault }) => fault?.kind)).toEqual(["delay", "delay"]);
    for (const { startedAt } of results) expect(Date.parse(startedAt ?? "") - began).toBeGreaterThanOrEqual(399);
  });

  it("sends a burst together, however few it sends at once otherwise", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 8);
    let [underWay, most] = [0, 0];
    const together: Array<() => void> = [];
    receiver.statusFor = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      // The group is answered when all of it is there, so that one that is not sent together is never done.
      const { promise, resolve } = Promise.withResolvers<void>();
      together.push(resolve);
      if (together.length === 4) for (const go of together.splice(0)) go();
      await promise;
      underWay -= 1;
      return 200;
    };

    const { tally } = await run(started, { target: receiver.url, fault: { kind: "burst", count: 4 } });

    expect(tally).toMatchObject({ accepted: 8 });
    expect(most).toBe(4);
  });

  it("lists those alone whose answer is, or is not, as it should be", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 4);
    receiver.statusFor = ({ body }) => (String(body).includes('"2"') || String(body).includes('"4"') ? 401 : 200);

    const { id } = await run(started, { target: receiver.url, fault: { kind: "wrong-secret", every: 2 } });
    const listed = async (run: string, expected: boolean) => {
      const { results, total } = await started.client.call("runs.results", { id: run, expected });
      return [total, ...results.map(({ deliveryId }) => deliveryId)];
    };
    expect(await listed(id, true)).toEqual([4, "d1", "d2", "d3", "d4"]);
    expect(await listed(id, false)).toEqual([0]);

    receiver.statusFor = undefined;
    const careless = await run(started, { target: receiver.url, fault: { kind: "wrong-secret", every: 2 } });

    expect(await listed(careless.id, false)).toEqual([2, "d2", "d4"]);
    expect(await listed(careless.id, true)).toEqual([2, "d1", "d3"]);
  });

  it("drops without sending anything, which is a result as well", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 4);

    const { id, tally } = await run(started, { target: receiver.url, fault: { kind: "drop", every: 2 } });

    expect(receiver.requests).toHaveLength(2);
    expect(tally).toMatchObject({ accepted: 2, unreachable: 2, expected: 4 });
    expect((await resultsOf(started, id)).map(({ reason }) => reason)).toEqual([null, "dropped", null, "dropped"]);
  });

  it("marks no sending in which the fault had nothing to change", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 1);

    const { id } = await run(started, { target: receiver.url, fault: { kind: "missing-header", name: "X-Absent" } });

    expect((await resultsOf(started, id))[0]?.fault).toBeUndefined();
  });
});
