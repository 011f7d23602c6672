import { describe, expect, it } from "vitest";
import { createTransitions } from "#core/tunnel/transitions.ts";
import type { TunnelFault, TunnelState } from "#shared/domain/tunnel.ts";

const FAULT: TunnelFault = { kind: "relay", message: "The relay is in trouble.", retryable: true };

function stateOf(phase: TunnelState["phase"], fault?: TunnelFault): TunnelState {
  return { provider: "localtunnel", phase, url: "https://a.example", ...(fault && { fault }) };
}

function wordsOf(...states: TunnelState[]): string[] {
  const transitions = createTransitions();
  for (const [at, state] of states.entries()) transitions.note(state, at);
  return transitions.list().map(({ message }) => message);
}

describe("what happened to the tunnel", () => {
  it("is said of each phase, with the fault where there is one", () => {
    expect(
      wordsOf(
        ...[stateOf("idle"), stateOf("opening"), stateOf("opening", FAULT), stateOf("open")],
        ...[stateOf("degraded"), stateOf("degraded", FAULT), stateOf("reconnecting"), stateOf("reconnecting", FAULT)],
        ...[stateOf("closed"), stateOf("closed", FAULT)],
      ),
    ).toEqual([
      ...["No tunnel is wanted.", "Opening localtunnel.", "Trying again.", "The path through https://a.example works."],
      ...["The path is being looked at.", FAULT.message, "The path is being looked at.", FAULT.message],
      ...["Closed.", FAULT.message],
    ]);
  });

  it("is noted once, with the time at which it began", () => {
    const transitions = createTransitions();
    for (const at of [1_000, 2_000]) transitions.note(stateOf("open"), at);
    transitions.note(stateOf("degraded", FAULT), 3_000);
    transitions.note(stateOf("reconnecting", FAULT), 4_000);
    transitions.note(stateOf("open"), 5_000);

    expect(transitions.list().map(({ at, phase }) => [Date.parse(at), phase])).toEqual([
      [1_000, "open"],
      [3_000, "degraded"],
      [4_000, "reconnecting"],
      [5_000, "open"],
    ]);
  });

  it("is kept two hundred times, and what is handed out changes no more", () => {
    const transitions = createTransitions();
    const note = (n: number) => transitions.note(stateOf(n % 2 === 0 ? "open" : "degraded"), n);
    for (let n = 0; n < 200; n++) note(n);
    const before = transitions.list();
    note(200);

    expect(before.map(({ at }) => Date.parse(at)).slice(0, 2)).toEqual([0, 1]);
    expect(before).toHaveLength(200);
    expect(transitions.list()).toHaveLength(200);
    expect(Date.parse(transitions.list()[0]?.at ?? "")).toBe(1);
    expect(Date.parse(transitions.list().at(-1)?.at ?? "")).toBe(200);
  });
});
