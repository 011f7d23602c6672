import { describe, expect, it } from "vitest";
import type { Attempt } from "#shared/domain/attempt.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { headerFacts } from "../../../../src/renderer/features/delivery-detail/header-facts.ts";
import { headerOddities } from "../../../../src/renderer/features/delivery-detail/header-oddities.ts";
import { clockWords, latenessOf, latenessWords } from "../../../../src/renderer/features/delivery-detail/lateness.ts";
import { overviewSentence } from "../../../../src/renderer/features/delivery-detail/overview-sentence.ts";
import { answerLine, requestHead } from "../../../../src/renderer/features/delivery-detail/raw-message.ts";
import { sampleDetail } from "../../samples.ts";

function answer(kind: Attempt["kind"], status: number): Attempt {
  return {
    id: `${kind}${status}`,
    deliveryId: "d1",
    kind,
    target: "http://localhost:3000/",
    startedAt: "2026-11-24T14:02:28.000Z",
    ms: 6,
    outcome: { kind: "answered", status, headers: [], bodyBase64: "", bodyBytes: 0 },
  };
}

const unreachable: Attempt = {
  ...answer("forward", 0),
  outcome: { kind: "unreachable", reason: "refused", message: "" },
};

const dropped: Attempt = {
  ...unreachable,
  outcome: { kind: "unreachable", reason: "dropped", message: "" },
  fault: { kind: "drop", every: 1 },
};

const rendition: Partial<DeliveryDetail> = {
  detail: "hls 480p",
  subject: { videoId: "vi3kT9" },
  emittedAt: "2026-11-24T14:02:26.700Z",
};

describe("the sentence about a delivery", () => {
  it.each<[string, Partial<DeliveryDetail>, string]>([
    [
      "answered, then replayed",
      { ...rendition, attempts: [answer("forward", 500), answer("replay", 500), answer("replay", 200)] },
      "A rendition (hls 480p) of video vi3kT9 is ready. It came 1.2 s after it was emitted, its signature is valid, and your server refused it with 500, and 200 when it was replayed for the 2nd time.",
    ],
    [
      "answered well",
      { ...rendition, attempts: [answer("forward", 200)] },
      "A rendition (hls 480p) of video vi3kT9 is ready. It came 1.2 s after it was emitted, its signature is valid, and your server answered 200.",
    ],
    [
      "sent nowhere, unsigned, unknown",
      { type: "video.new", verification: { state: "unsigned" } },
      "An event video.new, which api.video does not document. It came, it carries no signature, and it was sent to no server.",
    ],
    [
      "emitted at no date",
      { type: "video.new", emittedAt: "soon", verification: { state: "unsigned" } },
      "An event video.new, which api.video does not document. It came, its emittedAt is no date, it carries no signature, and it was sent to no server.",
    ],
    [
      "sent twice on purpose",
      { ...rendition, attempts: [answer("forward", 200), answer("forward", 409)] },
      "A rendition (hls 480p) of video vi3kT9 is ready. It came 1.2 s after it was emitted, its signature is valid, and your server answered 200.",
    ],
    [
      "dropped on purpose",
      { type: "live-stream.broadcast.started", subject: { liveStreamId: "li1" }, attempts: [dropped] },
      "Live stream li1 began to broadcast. It came, its signature is valid, and it was dropped on purpose.",
    ],
    [
      "refused for a fault that was put in on purpose",
      {
        ...rendition,
        attempts: [
          { ...answer("forward", 401), fault: { kind: "wrong-secret", every: 1 } },
          { ...dropped, kind: "replay" },
        ],
      },
      "A rendition (hls 480p) of video vi3kT9 is ready. It came 1.2 s after it was emitted, its signature is valid, and your server refused it with 401 (fault on demand: Signed with a wrong secret), and was dropped on purpose when it was replayed.",
    ],
    [
      "out of reach",
      { type: "live-stream.broadcast.started", subject: { liveStreamId: "li1" }, attempts: [unreachable] },
      "Live stream li1 began to broadcast. It came, its signature is valid, and your server could not be reached (connection refused).",
    ],
    [
      "simulated, of a wrong secret",
      {
        type: "video.summary.generated",
        source: "simulated",
        verification: { state: "failed", cause: "wrong-secret" },
      },
      "The summary of video vi1 is ready. It was made by the simulator, its signature does not fit, and it was sent to no server.",
    ],
    [
      "cut",
      { type: null, method: "PUT", path: "/x", incomplete: "cut", verification: { state: "unchecked" } },
      "A PUT request to /x that names no event. It was over the size limit, so only its first part is kept, its signature cannot be checked without the whole body, and it is never forwarded.",
    ],
    [
      "edited and replayed only",
      { type: "video.uploaded", source: "edited", originId: "d7", attempts: [answer("replay", 204)] },
      "An event video.uploaded of a tutorial, which api.video never sends. It was edited here from d7, its signature is valid, and replayed, your server answered 204.",
    ],
    [
      "imported",
      { type: "video.caption.generated", detail: "en", source: "imported", subject: {} },
      "Captions (en) of a video are ready. It was imported; the times are those of the file, its signature is valid, and it was sent to no server.",
    ],
  ])("tells of one that was %s", (_what, change, sentence) => {
    expect(overviewSentence(sampleDetail(change))).toBe(sentence);
  });

  it("stays short, whatever the sender wrote", () => {
    const long = "x".repeat(200);

    expect(overviewSentence(sampleDetail({ type: long, method: long, path: long.repeat(50) })).length).toBeLessThan(
      300,
    );
  });
});

describe("how late a delivery came", () => {
  const receivedAt = "2026-11-24T14:02:27.904Z";

  it("is the time between two clocks, and says so", () => {
    const late = latenessOf({ receivedAt, emittedAt: "2026-11-24T15:02:26.704104779+01:00" });

    expect(latenessWords(late)).toBe("1.2 s after it was emitted");
    expect(clockWords(late, "received")).toContain("may differ");
    expect(clockWords(late, "simulated")).toContain("this computer's clock");
  });

  it("is never a negative time, but a difference of clocks", () => {
    const ahead = latenessOf({ receivedAt, emittedAt: "2026-11-24T14:02:30.904Z" });

    expect(latenessWords(ahead)).toBe("3 s before it was emitted, by the clocks");
    expect(clockWords(ahead, "received")).toContain("differ by at least 3 s");
  });

  it("is no more exact than what the sender wrote", () => {
    const late = latenessOf({ receivedAt, emittedAt: "2026-11-24T14:02:26+00:00" });

    expect(latenessWords(late)).toBe("about 1.9 s after it was emitted");
    expect(clockWords(late, "received")).toContain("to the second only");
  });

  it("is unknown without a date that can be read", () => {
    expect(latenessWords(latenessOf({ receivedAt }))).toBeNull();
    expect(latenessWords(latenessOf({ receivedAt, emittedAt: "2024-08-151T00:00:00Z" }))).toBe(
      "its emittedAt is no date",
    );
  });
});

describe("headers", () => {
  it("are explained whatever their case, and by their family", () => {
    expect(headerFacts("X-Api-Video-Signature")?.from).toBe("api.video");
    expect(headerFacts("CF-Something")?.from).toBe("tunnel");
    expect(headerFacts("constructor")).toBeUndefined();
  });

  it("are odd where they contradict each other or repeat", () => {
    const oddities = headerOddities(
      [
        ["X-Api-Video-Signature", "a"],
        ["x-api-video-signature", "b"],
        ["Content-Length", "5"],
        ["Content-Type", "text/plain"],
        ["Via", "a"],
        ["Via", "b"],
      ],
      4,
      true,
    );

    expect(oddities).toEqual([
      expect.stringContaining("2 signatures"),
      expect.stringContaining("names no webhook"),
      "Content-Length says 5, but 4 bytes came.",
      expect.stringContaining("application/json"),
    ]);
    expect(headerOddities(sampleDetail().headers, 165, true)).toEqual([]);
  });
});

describe("the raw request", () => {
  it("is what was on the wire, without an HTTP version that nobody kept", () => {
    const head = requestHead(
      sampleDetail({
        method: "POST",
        path: "/a?b",
        headers: [
          ["X-A", "1"],
          ["x-a", "2"],
        ],
      }),
    );

    expect(head).toBe("POST /a?b\nX-A: 1\nx-a: 2\n\n");
  });

  it("had the answer that was given, or none", () => {
    expect(answerLine(sampleDetail())).toBe("202 Accepted");
    expect(answerLine(sampleDetail({ answered: { status: 299, ms: 1 } }))).toBe("299");
    expect(answerLine(sampleDetail({ answered: null }))).toBeNull();
  });
});
