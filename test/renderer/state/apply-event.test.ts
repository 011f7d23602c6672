import { describe, expect, it } from "vitest";
import type { EventEnvelope } from "#shared/contract/types.ts";
import { applyEvent } from "../../../src/renderer/state/apply-event.ts";
import { sampleDelivery, sampleEvent, sampleGap, sampleMirror } from "../samples.ts";

const old = sampleDelivery({ id: "old" });

describe("applyEvent on the list", () => {
  it("puts a received delivery on top and counts it", () => {
    const { list } = applyEvent(
      sampleMirror([old]),
      sampleEvent(1, "delivery.received", sampleDelivery({ id: "new" })),
    );

    expect(list.items.map(({ id }) => id)).toEqual(["new", "old"]);
    expect(list.total).toBe(2);
  });

  it("does not show a delivery twice that the load already brought", () => {
    const { list } = applyEvent(sampleMirror([old]), sampleEvent(1, "delivery.received", old));

    expect(list).toMatchObject({ items: [old], total: 1 });
  });

  it("leaves a filtered list to the engine when a delivery is received", () => {
    const mirror = sampleMirror([old], "some text");

    const { list } = applyEvent(mirror, sampleEvent(1, "delivery.received", sampleDelivery({ id: "new" })));

    expect(list).toBe(mirror.list);
  });

  it("counts what arrives while the list is paused, and leaves the list as it is", () => {
    const { list } = sampleMirror([old]);
    const mirror = { ...sampleMirror(), list: { ...list, paused: { arrived: 2 } } };

    const next = applyEvent(mirror, sampleEvent(1, "delivery.received", sampleDelivery({ id: "new" })));

    expect(next.list).toEqual({ ...list, paused: { arrived: 3 } });
    expect(applyEvent(next, sampleEvent(2, "delivery.removed", { ids: null })).list.paused).toEqual({ arrived: 0 });
  });

  it("changes an updated delivery where it stands", () => {
    const mirror = sampleMirror([sampleDelivery({ id: "new" }), old]);

    const { list } = applyEvent(mirror, sampleEvent(1, "delivery.updated", { ...old, pinned: true }));

    expect(list.items.map(({ id, pinned }) => [id, pinned])).toEqual([
      ["new", false],
      ["old", true],
    ]);
  });

  it("ignores an update of a delivery that is not loaded", () => {
    const mirror = sampleMirror([old]);

    const { list } = applyEvent(mirror, sampleEvent(1, "delivery.updated", sampleDelivery({ id: "other" })));

    expect(list).toBe(mirror.list);
  });

  it("takes removed deliveries out", () => {
    const { list } = applyEvent(sampleMirror([old]), sampleEvent(1, "delivery.removed", { ids: ["old", "unknown"] }));

    expect(list).toMatchObject({ items: [], total: 0 });
  });

  it("keeps only pinned deliveries when all are removed", () => {
    const pinned = sampleDelivery({ id: "pinned", pinned: true });

    const { list } = applyEvent(sampleMirror([pinned, old]), sampleEvent(1, "delivery.removed", { ids: null }));

    expect(list.items).toEqual([pinned]);
  });

  it("shows how the target took the newest attempt", () => {
    const attempt = {
      id: "a1",
      deliveryId: "old",
      kind: "replay",
      target: "http://localhost:3000/",
      startedAt: old.receivedAt,
      ms: 6,
      outcome: { kind: "answered", status: 500 },
    } as const;

    const { list } = applyEvent(sampleMirror([old]), sampleEvent(1, "attempt.updated", attempt));

    expect(list.items[0]?.lastAttempt).toEqual({ status: 500, ms: 6, verdict: "refused" });
  });

  it("knows of the newest attempt what was done to it on purpose", () => {
    const fault = { kind: "drop", every: 1 } as const;
    const attempt = {
      id: "a1",
      deliveryId: "old",
      kind: "forward",
      target: "http://localhost:3000/",
      startedAt: old.receivedAt,
      ms: 0,
      outcome: { kind: "unreachable", reason: "dropped", message: "" },
      fault,
    } as const;

    const { list } = applyEvent(sampleMirror([old]), sampleEvent(1, "attempt.updated", attempt));

    expect(list.items[0]?.lastAttempt).toEqual({ status: null, ms: 0, verdict: "unreachable", fault });
  });
});

describe("applyEvent on the rest of the mirror", () => {
  const { settings, api } = sampleMirror();
  const problem = { id: "p", title: "Disk", message: "It is full." };
  const cases: [EventEnvelope, object][] = [
    [
      sampleEvent(7, "counts.changed", { total: 1, verified: 1, failed: 0, unsigned: 0, unchecked: 0, bytes: 9 }),
      { counts: { total: 1, bytes: 9 } },
    ],
    [sampleEvent(7, "listener.changed", { url: "http://127.0.0.1:5" }), { listener: { url: "http://127.0.0.1:5" } }],
    [
      sampleEvent(7, "tunnel.changed", { provider: "localtunnel", phase: "open", url: "https://a.example" }),
      { tunnel: { phase: "open" } },
    ],
    [
      sampleEvent(7, "registration.changed", { phase: "registered", webhookId: "w" }),
      { registration: { webhookId: "w" } },
    ],
    [sampleEvent(7, "api.changed", { ...api, hasKey: false }), { api: { hasKey: false } }],
    [
      sampleEvent(7, "forwarding.changed", { target: "http://localhost:3000/" }),
      { forwarding: { target: "http://localhost:3000/" } },
    ],
    [
      sampleEvent(7, "settings.changed", { ...settings, sources: { tunnel: "flag" } }),
      { settings: { sources: { tunnel: "flag" } } },
    ],
    [sampleEvent(7, "problem.raised", problem), { problems: [problem] }],
    [sampleEvent(7, "problem.cleared", { id: "p" }), { problems: [] }],
    [sampleEvent(7, "webhooks.changed", {}), {}],
    [sampleEvent(7, "reconcile.progressed", { checkedVideos: 1, totalVideos: 2 }), {}],
    [sampleEvent(7, "reset", {}), {}],
  ];

  it.each(cases)("takes over %o", (event, expected) => {
    expect(applyEvent(sampleMirror(), event)).toMatchObject({ ...expected, seq: 7 });
  });

  it("keeps one entry for a problem that is raised again", () => {
    const mirror = { ...sampleMirror(), problems: [problem] };

    const { problems } = applyEvent(mirror, sampleEvent(1, "problem.raised", { ...problem, message: "Still full." }));

    expect(problems).toEqual([{ ...problem, message: "Still full." }]);
  });
});

describe("applyEvent on the gaps", () => {
  const gap = sampleGap({ id: "g2", to: null });
  const older = sampleGap({ id: "g1", from: "2026-11-24T13:00:00.000Z" });

  it("adds one that began, at its place, and ends it where it stands", () => {
    const began = applyEvent({ ...sampleMirror(), gaps: [older] }, sampleEvent(1, "gap.changed", gap));
    const ended = applyEvent(began, sampleEvent(2, "gap.changed", { ...gap, to: "2026-11-24T14:03:00.000Z" }));
    const late = applyEvent({ ...sampleMirror(), gaps: [gap] }, sampleEvent(1, "gap.changed", older));

    expect(began.gaps).toEqual([gap, older]);
    expect(ended.gaps.map(({ id, to }) => [id, to])).toEqual([
      ["g2", "2026-11-24T14:03:00.000Z"],
      ["g1", older.to],
    ]);
    expect(late.gaps).toEqual([gap, older]);
  });

  it("lets those that are over go with all deliveries, and none with a few", () => {
    const mirror = { ...sampleMirror([old]), gaps: [gap, older] };

    expect(applyEvent(mirror, sampleEvent(1, "delivery.removed", { ids: ["old"] })).gaps).toEqual([gap, older]);
    expect(applyEvent(mirror, sampleEvent(1, "delivery.removed", { ids: null })).gaps).toEqual([gap]);
  });
});
