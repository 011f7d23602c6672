import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { isFound, readFilter } from "#core/hosts/cli/listen/filter.ts";
import { createSecretTeller } from "#core/hosts/cli/listen/secret-teller.ts";
import { applyTold, NOTHING_TOLD, tallyWords } from "#core/hosts/cli/listen/tally.ts";
import { tellOfEngine } from "#core/hosts/cli/listen/tell-of-engine.ts";
import type { Told } from "#core/hosts/cli/listen/told.ts";
import { createToldLines } from "#core/hosts/cli/listen/told-lines.ts";
import { lineText, wantsColours } from "#core/hosts/cli/spans.ts";
import type { AttemptNotice } from "#shared/domain/attempt.ts";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { type StartedEngine, startEngine } from "../../helpers/start-engine.ts";
import { sampleDelivery } from "../../renderer/samples.ts";

function sampleAttempt(change: Partial<AttemptNotice> = {}): AttemptNotice {
  return {
    id: "a1",
    deliveryId: "d1",
    kind: "forward",
    target: "http://localhost:3000/",
    startedAt: "2026-11-24T14:02:28.000Z",
    ms: 12,
    outcome: { kind: "answered", status: 200 },
    ...change,
  };
}

function textOf(told: Told, isColoured = false): string {
  return createToldLines()(told)
    .map((line) => lineText(line, isColoured))
    .join("\n");
}

/** Follows an engine and keeps what is told of it. */
function follow({ engine, client, log }: StartedEngine, filter: string | null = null) {
  const told: Told[] = [];
  const following = tellOfEngine({
    events: engine.events,
    log,
    isWanted: filter === null ? null : (id) => isFound(client, filter, id),
    tell: (one) => void told.push(one),
  });
  return { told, following, [Symbol.dispose]: () => following[Symbol.dispose]() };
}

function idsOf(told: readonly Told[]): string[] {
  return told.flatMap((one) =>
    one.kind === "delivery" ? [one.delivery.id] : one.kind === "answer" ? [`→${one.attempt.deliveryId}`] : [],
  );
}

describe("the lines of listen", () => {
  it("stand in columns, with the reason of a failed signature and what is odd about a delivery", () => {
    const lines = [
      sampleDelivery({ id: "d12", detail: "hls 720p" }),
      sampleDelivery({
        id: "d13",
        type: "video.caption.generated",
        verification: { state: "failed", cause: "wrong-secret" },
      }),
      sampleDelivery({ type: null, method: "PUT", path: "/x?y", incomplete: "cut", duplicateOf: "d1", bodyBytes: 10 }),
      sampleDelivery({ id: "d14", source: "edited", originId: "d13" }),
    ].map((delivery) => textOf({ kind: "delivery", delivery }).replace(/^\d\d:\d\d:\d\d/, "TIME"));

    expect(lines).toEqual([
      "TIME  d12     video.encoding.quality.completed  hls 720p      165 B  verified",
      "TIME  d13     video.caption.generated                         165 B  failed (wrong-secret)",
      "TIME  d1      PUT /x?y                                         10 B  verified  cut  repeats d1",
      "TIME  d14     video.encoding.quality.completed                165 B  verified  edited from d13",
    ]);
  });

  it("say of an answer what `events replay` says of it", () => {
    const refused = { kind: "unreachable", reason: "refused", message: "Nothing listens there." } as const;

    const lines = [sampleAttempt(), sampleAttempt({ kind: "replay", outcome: refused })].map((attempt) =>
      textOf({ kind: "answer", attempt }).replace(/^\d\d:\d\d:\d\d/, "TIME"),
    );

    expect(lines).toEqual([
      "TIME  d1      forward [200] http://localhost:3000/ (12 ms)",
      "TIME  d1      replay  [no answer] Nothing listens there. http://localhost:3000/ (12 ms)",
    ]);
  });

  it("never let a sender's text steer the terminal, coloured or not", () => {
    const hostile = fc.string({ unit: fc.constantFrom("\u001b[31m", "\u009b2J", "\r", "\n", "\u0007", "\u202e", "a") });
    const property = fc.property(hostile, hostile, hostile, fc.boolean(), (type, detail, path, isTyped) => {
      const delivery = sampleDelivery({ type: isTyped ? type : null, detail, path });

      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
      const control = /[\u0000-\u001f\u007f-\u009f\u202e]/;
      expect(textOf({ kind: "delivery", delivery })).not.toMatch(control);
      const coloured = textOf({ kind: "delivery", delivery }, true);
      expect(coloured.split("\u001b")).toHaveLength(5);
      expect(stripVTControlCharacters(coloured)).not.toMatch(control);
    });
    fc.assert(property);
  });

  it("say of the webhook when it is there and when it was removed, once each", () => {
    const linesFor = createToldLines();
    const say = (phase: "none" | "registered" | "removing") =>
      linesFor({ kind: "registration", registration: { phase, webhookId: "webhook_1", url: "https://a.example" } });

    const said = (["none", "registered", "registered", "removing", "none", "none"] as const).flatMap(say).flat();

    expect(said).toEqual([
      "The webhook is               webhook_1 for https://a.example",
      "The webhook was removed:     webhook_1",
    ]);
  });

  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: "1" }, false],
    [{ isTTY: true }, { TERM: "dumb" }, false],
    [{}, {}, false],
  ])("are coloured on a terminal only, and not against anybody's will: %j %j", (stream, env, expected) => {
    expect(wantsColours(stream, env)).toBe(expected);
  });
});

it("counts what came and what was answered, and a delivery whose check changed by the newer one", () => {
  const unchecked = { state: "unchecked" } as const;
  const told: Told[] = [
    { kind: "delivery", delivery: sampleDelivery() },
    { kind: "delivery", delivery: sampleDelivery({ id: "d2", verification: unchecked }) },
    { kind: "delivery", delivery: sampleDelivery({ id: "d3", verification: unchecked }) },
    { kind: "delivery", delivery: sampleDelivery({ id: "d4", source: "edited" }) },
    { kind: "verification", delivery: sampleDelivery({ id: "d2" }), was: unchecked },
    { kind: "answer", attempt: sampleAttempt() },
    { kind: "answer", attempt: sampleAttempt({ outcome: { kind: "answered", status: 302 } }) },
    { kind: "answer", attempt: sampleAttempt({ outcome: { kind: "unreachable", reason: "reset", message: "" } }) },
  ];

  expect(tallyWords(told.reduce(applyTold, NOTHING_TOLD))).toBe(
    "3 deliveries, 2 verified, 0 failed, 1 unchecked, 1 accepted, 1 refused, 1 without an answer",
  );
});

describe("the secret of a webhook", () => {
  const registered: Told = {
    kind: "registration",
    registration: { phase: "registered", webhookId: "webhook_1", url: "https://a.example" },
  };

  it("is told once, after the webhook was, and not where an earlier run made it", () => {
    const told: Told[] = [];
    const teller = createSecretTeller((one) => void told.push(one));

    teller.keep("webhook_1", "s3cret");
    expect(told).toEqual([]);
    teller.follow(registered);
    teller.follow(registered);
    teller.follow({ ...registered, registration: { ...registered.registration, webhookId: "webhook_0" } });

    expect(told).toEqual([
      { kind: "secret", webhookId: "webhook_1", secret: "s3cret" },
      { kind: "secret", webhookId: "webhook_0", secret: null },
    ]);
  });

  it("is handed to the host of the engine that made it, and is in none of its events", async () => {
    const onWebhookSecret = vi.fn<(webhookId: string, secret: string) => void>();
    await using started = await startEngine({ onWebhookSecret });
    const registrations = () => started.events.filter(({ name }) => name === "registration.changed");

    await vi.waitFor(() => expect(registrations().at(-1)?.payload).toMatchObject({ phase: "registered" }));

    const { registration } = await started.client.call("app.snapshot", {});
    expect(onWebhookSecret.mock.calls).toEqual([[registration.webhookId, expect.stringMatching(/\S{20,}/)]]);
    expect(JSON.stringify(started.events)).not.toContain(onWebhookSecret.mock.calls[0]?.[1]);
  });
});

describe("following an engine", () => {
  it("tells of each delivery before its answer, also of those that came before", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ flags: { forwardTo: receiver.url } });
    await sendDelivery(started.engine.listenerUrl);
    await vi.waitFor(() => expect(started.events.map(({ name }) => name)).toContain("attempt.updated"));

    using followed = follow(started);
    await sendDelivery(started.engine.listenerUrl);

    await vi.waitFor(() => expect(idsOf(followed.told)).toEqual(["d1", "→d1", "d2", "→d2"]));
    expect(followed.following.lastId).toBe("d2");
  });

  it("is silent of what is imported, which came before", async () => {
    await using started = await startEngine({ connect: false });
    await sendDelivery(started.engine.listenerUrl);
    const { files } = await started.client.call("export.create", { format: "jsonl", query: "" });
    await started.client.call("deliveries.delete", { ids: ["d1"] });
    using followed = follow(started);

    await started.client.call("import.read", { format: "jsonl", text: files[0]?.text ?? "" });
    await sendDelivery(started.engine.listenerUrl);

    await vi.waitFor(() => expect(idsOf(followed.told)).toEqual(["d1", "d3"]));
  });

  it("tells only of what the search finds, in the order of arrival, and of its answers", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ flags: { forwardTo: receiver.url } });
    const filter = readFilter({ events: ["video.caption", "live-stream"], query: "language=de,fr" });
    using followed = follow(started, filter);
    const bodies = [
      { type: "video.caption.generated", language: "de" },
      { type: "video.caption.generated", language: "en" },
      { type: "video.summary.generated", language: "de" },
      { type: "live-stream.broadcast.started", language: "fr" },
    ];

    for (const body of bodies) await sendDelivery(started.engine.listenerUrl, { body: encodingEvent(body) });
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(4));

    await vi.waitFor(() => expect(idsOf(followed.told).sort()).toEqual(["d1", "d4", "→d1", "→d4"]));
    await followed.following.settled();
    expect(idsOf(followed.told).filter((id) => id.startsWith("d"))).toEqual(["d1", "d4"]);
    expect(followed.following.lastId).toBe("d4");
  });

  it("tells of a delivery again when it was checked with a secret that was not known before", async () => {
    await using started = await startEngine();
    using followed = follow(started);
    await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_late", secret: "late" });

    await started.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_late", value: "late" });

    await vi.waitFor(() =>
      expect(followed.told).toContainEqual(
        expect.objectContaining({
          kind: "verification",
          delivery: expect.objectContaining({ id: "d1", verification: { state: "verified" } }),
          was: { state: "unchecked", cause: "unknown-webhook" },
        }),
      ),
    );
  });

  it("tells of a run of replays once, when it is over", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine();
    using followed = follow(started);
    for (let i = 0; i < 3; i++) await sendDelivery(started.engine.listenerUrl);

    await started.client.call("replay.batch", {
      ...{ query: "", target: receiver.url, order: "received", pacing: "asap", concurrency: 1 },
    });

    await vi.waitFor(() => expect(followed.told.map(({ kind }) => kind)).toContain("run"));
    // An edit is stored and told of after all that the run has to say.
    await started.client.call("replay.send", { id: "d1", target: receiver.url, edits: { method: "PUT" } });
    await vi.waitFor(() => expect(idsOf(followed.told)).toEqual(["d1", "d2", "d3", "d4", "→d4"]));
    const lines = followed.told.filter(({ kind }) => kind === "run").map((told) => textOf(told));
    expect(lines).toEqual([expect.stringMatching(/^b1 done, 3 of 3: 3 accepted/)]);
  });

  it("tells that nothing listens at the target before anything is forwarded to it", async () => {
    const receiver = await startReceiver();
    await receiver[Symbol.asyncDispose]();
    await using started = await startEngine({ flags: { forwardTo: receiver.url } });

    using followed = follow(started);

    await vi.waitFor(() =>
      expect(followed.told).toContainEqual({ kind: "target", target: expect.objectContaining({ state: "down" }) }),
    );
  });
});
