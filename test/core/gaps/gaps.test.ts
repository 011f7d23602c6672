import { describe, expect, it, vi } from "vitest";
import { createGaps, type Gaps, type GapsDeps, type PathNote } from "#core/gaps/gaps.ts";
import { createClock } from "#core/lib/clock.ts";
import { openStore } from "#core/store/store.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const clock = createClock();
const URL = "https://calm-otter.example";

const open = (): TunnelState => ({
  provider: "localtunnel",
  phase: "open",
  url: URL,
  proof: { at: new Date(clock.now()).toISOString(), ms: 20 },
});
const lost = (): TunnelState => ({
  provider: "localtunnel",
  phase: "reconnecting",
  url: null,
  lostSince: new Date(clock.now()).toISOString(),
  fault: { kind: "relay", message: "The relay did not answer.", retryable: true },
});

interface Run extends AsyncDisposable {
  readonly gaps: Gaps;
  readonly told: readonly Gap[];
  list(): Promise<Gap[]>;
  note(): Promise<PathNote | null>;
}

/** One run of the app on a data folder; disposing it without `end` is a kill. */
async function run(dataDir: string, changes: Partial<GapsDeps> = {}): Promise<Run> {
  const limits = { maxDeliveries: 100, maxBytes: 2 ** 20 };
  await using stack = new AsyncDisposableStack();
  const log = silentLog();
  const store = stack.use(
    await openStore({
      dataDir,
      limits,
      clock,
      log,
      onRemoved: () => {},
      onCounts: () => {},
      onLost: (error) => {
        throw error;
      },
    }),
  );
  const told: Gap[] = [];
  const note = async () => JSON.parse((await store.readState("path")) ?? "null");
  const gaps = stack.use(
    createGaps({
      clock,
      log,
      addGap: store.addGap,
      endGap: store.endGap,
      gaps: store.gaps,
      recall: note,
      remember: (kept) => store.writeState("path", JSON.stringify(kept)),
      isWebhookLeft: async () => false,
      onChange: (gap) => told.push(gap),
      minGapMs: 0,
      ...changes,
    }),
  );
  await gaps.start();
  const owned = stack.move();
  return { gaps, told, list: store.gaps, note, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const isWebhookLeft = async (): Promise<boolean> => true;

describe("the record of gaps", () => {
  it("holds each from its loss to the next proof, and tells of both", async () => {
    using dir = tempDir();
    await using app = await run(dir.path);

    app.gaps.follow(open());
    app.gaps.follow(lost());
    await vi.waitFor(() => expect(app.told).toHaveLength(1));
    app.gaps.follow(open());
    await vi.waitFor(() => expect(app.told).toHaveLength(2));

    expect(app.told).toMatchObject([
      { id: "g1", to: null, cause: "relay" },
      { id: "g1", to: expect.any(String) },
    ]);
    expect(await app.list()).toEqual([app.told[1]]);
  });

  it("leaves out what is over before a second try of api.video's could fall into it", async () => {
    using dir = tempDir();
    await using app = await run(dir.path, { minGapMs: 2_000 });

    for (let n = 0; n < 3; n++) {
      app.gaps.follow(open());
      app.gaps.follow(lost());
    }
    app.gaps.follow(open());
    await app.gaps.end();

    expect(await app.list()).toEqual([]);
  });

  it("survives a kill in a gap, and ends it at the next run's first proof", async () => {
    using dir = tempDir();
    {
      await using killed = await run(dir.path, { isWebhookLeft });
      killed.gaps.follow(open());
      killed.gaps.follow(lost());
      await vi.waitFor(() => expect(killed.told).toHaveLength(1));
    }

    await using app = await run(dir.path, { isWebhookLeft });
    expect(await app.list()).toMatchObject([{ id: "g1", to: null, cause: "relay" }]);
    app.gaps.follow(open());

    await vi.waitFor(async () => expect(await app.list()).toMatchObject([{ id: "g1", to: expect.any(String) }]));
  });

  it("counts from the last proof on where the app was killed and its webhook stayed", async () => {
    using dir = tempDir();
    const proven = open();
    {
      await using killed = await run(dir.path);
      killed.gaps.follow(proven);
      await vi.waitFor(async () => expect(await killed.note()).not.toBeNull());
    }

    await using app = await run(dir.path, { isWebhookLeft });

    expect(await app.list()).toMatchObject([{ from: proven.proof?.at, to: null, cause: "local" }]);
    expect(app.told).toHaveLength(1);
  });

  it("counts nothing between two runs where the app ended in good order", async () => {
    using dir = tempDir();
    {
      await using first = await run(dir.path);
      first.gaps.follow(open());
      await first.gaps.end();
    }

    await using app = await run(dir.path, { isWebhookLeft });

    expect(await app.list()).toEqual([]);
  });

  it("counts the time between two runs where the webhook could not be removed at the end", async () => {
    using dir = tempDir();
    {
      await using first = await run(dir.path, { isWebhookLeft });
      first.gaps.follow(open());
      await first.gaps.end();
    }

    await using app = await run(dir.path, { isWebhookLeft });

    expect(await app.list()).toMatchObject([{ to: null, cause: "local" }]);
  });

  it("ends a gap with the app, once its webhook is gone", async () => {
    using dir = tempDir();
    await using app = await run(dir.path);
    app.gaps.follow(open());
    app.gaps.follow(lost());
    await vi.waitFor(() => expect(app.told).toHaveLength(1));

    await app.gaps.end();

    expect(await app.list()).toMatchObject([{ to: expect.any(String) }]);
  });

  it("does not count what follows a kill in a gap without a webhook", async () => {
    using dir = tempDir();
    {
      await using killed = await run(dir.path);
      killed.gaps.follow(open());
      killed.gaps.follow(lost());
      await vi.waitFor(() => expect(killed.told).toHaveLength(1));
    }
    const restartedAt = clock.now();

    await using app = await run(dir.path);

    const [gap] = await app.list();
    expect(Date.parse(gap?.to ?? "")).toBeLessThanOrEqual(restartedAt);
  });

  it("keeps a thousand, and the oldest go first", async () => {
    using dir = tempDir();
    let nextTo = clock.now();
    await using app = await run(dir.path);
    for (let n = 0; n < 1_002; n++) {
      nextTo += 8 * 60_000;
      app.gaps.follow({ ...open(), proof: { at: new Date(nextTo).toISOString(), ms: 1 } });
    }
    await app.gaps.end();

    const kept = await app.list();
    expect(kept).toHaveLength(1_000);
    expect(kept.at(0)?.to).toBe(new Date(nextTo).toISOString());
    expect(kept.at(-1)?.id).toBe("g2");
  });
});
