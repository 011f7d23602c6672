import { describe, expect, it } from "vitest";
import { Fault, type LiveFault } from "#shared/domain/fault.ts";
import { faultSentence, liveFaultSentence } from "#shared/domain/fault-sentence.ts";

describe("what a fault will do, as a sentence", () => {
  it.each<[Fault, number | null, string]>([
    [{ kind: "duplicate", times: 2, every: 1 }, 10, "The next 10 deliveries are sent twice."],
    [{ kind: "duplicate", times: 3, every: 1 }, 1, "The next delivery is sent 3 times."],
    [{ kind: "duplicate", times: 2, every: 1 }, null, "All deliveries are sent twice, until you stop it."],
    [{ kind: "drop", every: 3 }, null, "Every 3rd delivery is not sent at all, until you stop it."],
    [{ kind: "drop", every: 12 }, 1, "Every 12th delivery is not sent at all, 1 delivery in all."],
    [{ kind: "delay", ms: 1_500, every: 1 }, 2, "The next 2 deliveries are sent 1.5 s late."],
    [{ kind: "reorder", window: 2, every: 1 }, 4, "The next 4 deliveries are sent in groups of 2, the last one first."],
    [
      { kind: "burst", count: 5, every: 2 },
      10,
      "Every 2nd group of 5 deliveries is held back and sent all at once, 10 deliveries in all.",
    ],
    [
      { kind: "truncate", keep: "half", framing: "fitted", every: 1 },
      1,
      "The next delivery is sent with only the first half of the body.",
    ],
    [
      { kind: "truncate", keep: 1, framing: "broken-off", every: 1 },
      1,
      "The next delivery is broken off after the first 1 byte of the body.",
    ],
    [
      { kind: "change-byte", at: 7, every: 1 },
      1,
      "The next delivery is sent with one byte changed, 7 bytes into the body.",
    ],
    [{ kind: "reserialise", every: 1 }, 1, "The next delivery is sent with the same JSON written differently."],
    [
      { kind: "wrong-secret", every: 21 },
      null,
      "Every 21st delivery is signed with a wrong secret, until you stop it.",
    ],
    [{ kind: "missing-header", name: "Content-Type", every: 1 }, 1, "The next delivery is sent without Content-Type."],
    [{ kind: "slow", bytesPerSecond: 100, every: 1 }, 1, "The next delivery is sent at 100 bytes per second."],
  ])("%j, next %s", (fault, next, sentence) => {
    expect(faultSentence(fault, next)).toBe(sentence);
  });
});

describe("what a fault does that is on", () => {
  const late: Fault = { kind: "delay", ms: 5_000, every: 1 };

  it.each<[LiveFault, string]>([
    [{ fault: late, left: 2 }, "The next 2 deliveries are sent 5 s late."],
    [
      { fault: late, left: null, waiting: 1 },
      "All deliveries are sent 5 s late, until you stop it. 1 delivery is held back now.",
    ],
    [{ fault: late, left: 0, waiting: 3 }, "3 deliveries are still held back (Delayed by 5 s)."],
  ])("%j", (live, sentence) => {
    expect(liveFaultSentence(live)).toBe(sentence);
  });
});

describe("what is wrong with a fault", () => {
  it.each([
    [{ kind: "duplicate", times: Number.NaN }, "times", "A whole number from 2 to 20."],
    [{ kind: "duplicate", times: 2.5 }, "times", "A whole number from 2 to 20."],
    [{ kind: "reorder", window: 101 }, "window", "A whole number from 2 to 100."],
    [{ kind: "truncate", keep: -1, framing: "fitted" }, "keep", "A number of bytes, 0 or more."],
    [{ kind: "change-byte", at: Number.NaN }, "at", "A number of bytes, 0 or more."],
    [{ kind: "missing-header", name: "Host" }, "name", "No request can be sent without this header."],
    [{ kind: "drop", every: 0 }, "every", "A whole number from 1 to 1000."],
  ])("is said of the parameter: %j", (fault, path, message) => {
    expect(Fault.safeParse(fault).error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([
      [path, message],
    ]);
  });
});
