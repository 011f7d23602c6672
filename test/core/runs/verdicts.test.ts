import { describe, expect, it } from "vitest";
import { startReceiver } from "../../helpers/receiver.ts";
import { capture, resultsOf, run } from "../../helpers/runs.ts";
import { startEngine } from "../../helpers/start-engine.ts";

describe("the verdict of a result", () => {
  it("is about the last attempt at the same target, whatever was sent elsewhere", async () => {
    await using receiver = await startReceiver();
    await using other = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);
    receiver.status = 500;
    await started.client.call("replay.send", { id: "d1", target: receiver.url });
    await started.client.call("replay.send", { id: "d1", target: other.url });

    receiver.status = 200;
    const fixed = await run(started, { target: receiver.url });
    receiver.status = 404;
    const regressed = await run(started, { target: receiver.url });
    receiver.status = 410;
    const changed = await run(started, { target: receiver.url });
    const same = await run(started, { target: receiver.url });

    expect(fixed.tally).toMatchObject({ fixed: 1, first: 1 });
    expect((await resultsOf(started, fixed.id))[0]).toMatchObject({
      verdict: "fixed",
      status: 200,
      comparedWith: { attemptId: "a1", status: 500, reason: null },
    });
    expect(regressed.tally).toMatchObject({ regressed: 2 });
    expect(changed.tally).toMatchObject({ changed: 2 });
    expect(same.tally).toMatchObject({ same: 2 });
  });

  it("is about a baseline where one was chosen, also at another target", async () => {
    await using before = await startReceiver();
    await using after = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);
    before.status = 500;
    const baseline = await run(started, { ids: ["d1"], target: before.url });
    await run(started, { target: after.url });

    const { id, tally } = await run(started, { target: after.url, baseline: baseline.id });

    expect(tally).toMatchObject({ fixed: 1, first: 1, same: 0 });
    expect((await resultsOf(started, id))[0]?.comparedWith).toMatchObject({ status: 500 });
  });

  it("looks at bodies only where that was asked for, and not at ignored paths", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 1);
    await run(started, { target: receiver.url });

    // Each answer counts up: "got it 2".
    const status = await run(started, { target: receiver.url });
    const body = await run(started, { target: receiver.url, compareBody: { ignore: [] } });

    expect(status.tally).toMatchObject({ same: 1 });
    expect(body.tally).toMatchObject({ changed: 1 });
  });

  it("tells an unreachable target from another reason for it", async () => {
    const receiver = await startReceiver();
    const { url } = receiver;
    await using started = await startEngine({ connect: false });
    await capture(started, 1);
    await run(started, { target: url });
    await receiver[Symbol.asyncDispose]();

    const regressed = await run(started, { target: url });
    const same = await run(started, { target: url });

    expect(regressed.tally).toMatchObject({ regressed: 1, unreachable: 1 });
    expect(same.tally).toMatchObject({ same: 1, unreachable: 1 });
    expect((await resultsOf(started, same.id))[0]?.comparedWith).toMatchObject({ status: null, reason: "refused" });
  });

  it("can be asked for: a page of the results of one kind", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 4);
    receiver.status = 500;
    await run(started, { ids: ["d2", "d4"], target: receiver.url });
    receiver.status = 200;
    const { id } = await run(started, { target: receiver.url });

    const fixed = await started.client.call("runs.results", { id, verdict: "fixed", skip: 1, limit: 10 });

    expect(fixed).toMatchObject({ total: 2, results: [{ deliveryId: "d4", seq: 4 }] });
    expect(await started.client.call("runs.results", { id, outcome: "unreachable" })).toEqual({
      results: [],
      total: 0,
    });
    const { points, total } = await started.client.call("runs.points", { id, limit: 3 });
    expect(total).toBe(4);
    expect(points.map(({ seq }) => seq)).toEqual(expect.arrayContaining([2, 4]));
    expect(points.length).toBeLessThanOrEqual(3);
  });
});

describe("comparing two runs", () => {
  it("says of each delivery what became of it, and sums that up in a line", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 5);
    receiver.status = 500;
    const one = await run(started, { ids: ["d1", "d2", "d3"], target: receiver.url });
    receiver.status = 200;
    const two = await run(started, { ids: ["d2", "d3", "d4", "d5"], target: receiver.url });

    const compared = await started.client.call("runs.compare", { before: one.id, after: two.id });
    const back = await started.client.call("runs.compare", { before: two.id, after: one.id, verdict: "regressed" });

    expect(compared.sentence).toBe("2 fixed, 1 only in the first, 2 only in the second");
    expect(compared.results.map(({ deliveryId, verdict }) => [deliveryId, verdict])).toEqual([
      ["d2", "fixed"],
      ["d3", "fixed"],
      ["d4", "only-after"],
      ["d5", "only-after"],
      ["d1", "only-before"],
    ]);
    expect(compared.results[0]).toMatchObject({ before: { status: 500 }, after: { status: 200 } });
    expect(back).toMatchObject({ total: 2, tally: { regressed: 2, "only-before": 2, "only-after": 1 } });
  });

  it("takes bodies into account where that is asked for, and leaves out what is not kept any more", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);
    const one = await run(started, { target: receiver.url });
    const two = await run(started, { target: receiver.url });
    const compare = (more: object) =>
      started.client.call("runs.compare", { before: one.id, after: two.id, ...more }).then(({ sentence }) => sentence);

    expect(await compare({})).toBe("2 same");
    expect(await compare({ compareBody: { ignore: [] } })).toBe("2 changed");
    await expect(compare({ after: "b9" })).rejects.toMatchObject({ code: "run.not_found" });
  });
});
