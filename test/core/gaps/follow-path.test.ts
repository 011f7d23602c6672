import { describe, expect, it } from "vitest";
import { followPath, type GapChange, MAX_PROOF_INTERVAL_MS, type Path, UNKNOWN_PATH } from "#core/gaps/follow-path.ts";
import type { TunnelFault, TunnelState } from "#shared/domain/tunnel.ts";

const RELAY_GONE: TunnelFault = { kind: "relay", message: "The relay did not answer.", retryable: true };
const REFUSED: TunnelFault = { kind: "auth", message: "The account was refused.", retryable: false };
const T = Date.parse("2026-07-01T09:00:00.000Z");

/** Seconds after T. */
const at = (seconds: number): number => T + seconds * 1_000;
const iso = (seconds: number): string => new Date(at(seconds)).toISOString();

const open = (provenAt: number): TunnelState => ({
  provider: "localtunnel",
  phase: "open",
  url: "https://calm-otter.example",
  proof: { at: iso(provenAt), ms: 20 },
});
const lost = (phase: "degraded" | "reconnecting" | "opening", since: number, fault = RELAY_GONE): TunnelState => ({
  provider: "localtunnel",
  phase,
  url: null,
  lostSince: iso(since),
  fault,
});
const OPENING: TunnelState = { provider: "localtunnel", phase: "opening", url: null };
const IDLE: TunnelState = { provider: "none", phase: "idle", url: null };
const closed = (fault?: TunnelFault): TunnelState => ({
  provider: "localtunnel",
  phase: "closed",
  url: null,
  ...(fault && { fault }),
});

/** What a row of states, each at its second, tells of gaps. */
function changesOf(
  states: readonly (readonly [seconds: number, TunnelState])[],
  start: Path = UNKNOWN_PATH,
): GapChange[] {
  let path = start;
  return states.flatMap(([seconds, tunnel]) => {
    const followed = followPath(path, tunnel, at(seconds));
    path = followed.path;
    return followed.change ?? [];
  });
}

const relayGap = (from: number) => ({ from: at(from), cause: "relay", message: "The relay did not answer." });
const ASLEEP = { cause: "local", message: expect.stringContaining("slept") };
const LONG = MAX_PROOF_INTERVAL_MS / 1_000 + 60;

describe("the gaps that a path's states tell of", () => {
  it.each<[string, (readonly [number, TunnelState])[], unknown[]]>([
    [
      "nothing while it works",
      [
        [0, OPENING],
        [1, open(1)],
        [46, open(46)],
      ],
      [],
    ],
    [
      "nothing while it never worked",
      [
        [0, OPENING],
        [1, lost("reconnecting", 1)],
        [9, lost("opening", 1)],
      ],
      [],
    ],
    [
      "nothing for a first URL behind a page",
      [
        [0, OPENING],
        [1, lost("degraded", 1)],
      ],
      [],
    ],
    [
      "one from the loss to the next proof, however often it is tried",
      [
        [0, open(0)],
        [5, lost("degraded", 5)],
        [6, lost("reconnecting", 5)],
        [7, lost("opening", 5)],
        [9, open(9)],
      ],
      [
        { kind: "began", gap: relayGap(5) },
        { kind: "ended", to: at(9) },
      ],
    ],
    [
      "the fault that it began with, whatever is wrong later",
      [
        [0, open(0)],
        [5, lost("degraded", 5)],
        [8, lost("reconnecting", 5, REFUSED)],
      ],
      [{ kind: "began", gap: relayGap(5) }],
    ],
    [
      "one that lasts where it was given up for a fault",
      [
        [0, open(0)],
        [5, closed(REFUSED)],
        [6, closed(REFUSED)],
      ],
      [{ kind: "began", gap: { from: at(5), cause: "auth", message: "The account was refused." } }],
    ],
    [
      "its end where the tunnel is not wanted any more",
      [
        [0, open(0)],
        [5, lost("degraded", 5)],
        [8, closed()],
      ],
      [
        { kind: "began", gap: relayGap(5) },
        { kind: "ended", to: at(8) },
      ],
    ],
    [
      "its end where another provider works, not before",
      [
        [0, open(0)],
        [5, lost("degraded", 5)],
        [8, OPENING],
        [10, open(10)],
      ],
      [
        { kind: "began", gap: relayGap(5) },
        { kind: "ended", to: at(10) },
      ],
    ],
    [
      "nothing for a tunnel that the user closed and opened",
      [
        [0, open(0)],
        [5, closed()],
        [9, OPENING],
        [10, open(10)],
      ],
      [],
    ],
    [
      "nothing for a first failure after it was not wanted",
      [
        [0, open(0)],
        [5, IDLE],
        [9, lost("reconnecting", 9)],
      ],
      [],
    ],
    [
      "a sleep that the tunnel survived, once it is over",
      [
        [0, open(0)],
        [LONG, open(LONG)],
      ],
      [{ kind: "was", gap: { from: at(0), ...ASLEEP }, to: at(LONG) }],
    ],
    [
      "a sleep that it did not survive, from the last proof on",
      [
        [0, open(0)],
        [LONG, lost("reconnecting", LONG)],
        [LONG + 2, open(LONG + 2)],
      ],
      [
        { kind: "began", gap: { from: at(0), ...ASLEEP } },
        { kind: "ended", to: at(LONG + 2) },
      ],
    ],
  ])("are %s", (_name, states, changes) => {
    expect(changesOf(states)).toEqual(changes);
  });

  it("end the one of an earlier run at the first proof of this one", () => {
    const left: Path = {
      provenAt: null,
      gap: { from: at(-100), cause: "local", message: "The inspector did not run." },
    };

    expect(
      changesOf(
        [
          [0, OPENING],
          [1, lost("reconnecting", 1)],
          [5, open(5)],
        ],
        left,
      ),
    ).toEqual([{ kind: "ended", to: at(5) }]);
  });

  it("never end before they began, whatever the clock does", () => {
    expect(
      changesOf([
        [0, open(0)],
        [5, lost("degraded", 5)],
        [6, open(3)],
      ]).at(-1),
    ).toEqual({ kind: "ended", to: at(5) });
  });
});
