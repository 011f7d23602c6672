import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "#shared/domain/settings.ts";
import { toChoiceEntries, toEntryGroups } from "../../../../src/renderer/features/commands/entries.ts";
import { ranked, rankedWithSlips, scoreOf } from "../../../../src/renderer/features/commands/rank.ts";
import { type AppState, type EngineMirror, initialState } from "../../../../src/renderer/state/app-state.ts";
import { START } from "../../../../src/renderer/state/hash.ts";
import { sampleDelivery, sampleMirror } from "../../samples.ts";

function stateWith(change: Partial<AppState["view"]> = {}, known: Partial<EngineMirror> = {}): AppState {
  const items = [
    sampleDelivery({ id: "d-first", subject: { videoId: "vi3kT9sH" } }),
    sampleDelivery({ id: "d-second", type: "video.caption.generated", subject: {} }),
  ];
  const state = initialState(START);
  const mirror = {
    ...sampleMirror(),
    list: { query: "", items, before: null, newer: 0, arrivals: 0, total: 2 },
    ...known,
  };
  return { ...state, mirror, view: { ...state.view, ...change } };
}

function found(state: AppState, query: string): string[] {
  return toEntryGroups(state, query, false).flatMap(({ entries }) => entries.map(({ label }) => label));
}

describe("the palette", () => {
  it("offers what can be done now and nothing else", () => {
    expect(found(stateWith(), "")).not.toContain("Replay delivery");
    expect(found(stateWith({ selectedId: "d-first" }), "")).toContain("Replay delivery");
    expect(found(stateWith(), "")).not.toContain("Commands");
    expect(found(stateWith({ selectedId: "d-first" }), "")).not.toContain("Next tab");
  });

  it("finds a command by name, by another word for it, and by its key", () => {
    const state = stateWith({ selectedId: "d-first" });

    expect(found(state, "rep")[0]).toBe("Replay delivery");
    expect(found(state, "resend")[0]).toBe("Replay delivery");
    expect(found(state, "r")[0]).toBe("Replay delivery");
    expect(found(state, "ctrl+,")[0]).toBe("Settings");
    expect(found(state, "g g")[0]).toBe("Newest delivery");
    expect(found(state, "cp")[0]).toBe("Copy payload");
    expect(found(state, "no such thing")).toEqual([]);
  });

  it("shows and finds the keys in force, not those an action came with", () => {
    const state = stateWith({ selectedId: "d-first" });
    const values = { ...DEFAULT_SETTINGS, keys: { "delivery.replay": ["x"] } };
    const changed = {
      ...state,
      mirror: state.mirror && { ...state.mirror, settings: { ...state.mirror.settings, values } },
    };

    expect(found(changed, "x")[0]).toBe("Replay delivery");
    const [first] = toEntryGroups(changed, "replay", false)[0]?.entries ?? [];
    expect(first?.keys).toBe("x");
  });

  it("jumps to loaded deliveries by type, subject and id", () => {
    for (const query of ["caption", "d-second"]) expect(found(stateWith(), query)).toContain("Captions ready");
    expect(found(stateWith(), "vi3kT9")).toEqual(["Rendition ready"]);
  });

  it("leads to every setting of this host, after the commands", () => {
    const state = stateWith(
      {},
      { launch: [{ id: "listenerPort", value: "1", source: "default", flag: null, variable: null }] },
    );

    expect(found(state, "forward to")).toContain("Settings: Forward to");
    expect(found(state, "retention")).toContain("Settings: Deliveries to keep");
    expect(found(state, "listener port")).toContain("Settings: Listener port");
    expect(found(state, "port of the ui")).toEqual([]);
    expect(found(state, "theme").slice(0, 2)).toEqual(["Choose the theme", "Settings: Theme"]);
    expect(found(state, "erase everything")).toEqual(["Erase everything"]);
    expect(found(state, "diagnostics")[0]).toBe("Copy diagnostics");
    expect(found(state, "clear all deliveries")).toEqual([]);
  });

  it("offers each kind of tunnel but the one in use, unless a flag decides", () => {
    const state = stateWith();
    const settings = { ...sampleMirror().settings, sources: { tunnel: "flag" as const } };
    expect(found(state, "cloudflared")[0]).toBe("Use tunnel: cloudflared");
    expect(found(state, "use tunnel")).not.toContain("Use tunnel: none");
    expect(found(state, "use tunnel")).toHaveLength(5);
    expect(found(stateWith({}, { settings }), "use tunnel")).toEqual([]);
  });

  it("plays scenarios, and stops the one that is being played", () => {
    const playing = { title: "A storm", sent: 1, total: 55, dueAt: 0, stop: () => undefined };

    expect(found(stateWith(), "scenario")).toEqual(["Play a scenario"]);
    expect(found({ ...stateWith(), playing }, "scenario")).toEqual(["Play a scenario", "Stop the scenario"]);
  });

  it("plays what the simulator can play, while events come from it", () => {
    const state = stateWith();
    const api = { environment: "production", baseUrl: "https://ws.api.video", hasKey: true } as const;

    expect(found(state, "encode")[0]).toBe("Encode a video");
    expect(found(state, "broadcast live")[0]).toBe("Broadcast live");
    expect(found(stateWith({}, { api }), "encode a video")).toEqual([]);
  });

  it.each([
    ["cloudflard", "Use tunnel: cloudflared"],
    ["cluodflared", "Use tunnel: cloudflared"],
    ["repaly deliv", "Replay delivery"],
    ["setings", "Settings"],
    ["evrything", "Erase everything"],
    ["tiemout", "Settings: Forward to"],
    ["daignostics", "Copy diagnostics"],
  ])("forgives one slip in a word: %s", (query, label) => {
    expect(found(stateWith({ selectedId: "d-first" }), query)[0]).toBe(label);
  });

  it("has what was done last at its head, once", () => {
    const [recent, ...rest] = toEntryGroups(stateWith({ recentActions: ["settings.open", "gone.gone"] }), "", false);

    expect(recent).toMatchObject({ title: "Recent", entries: [{ id: "settings.open" }] });
    expect(rest.flatMap(({ entries }) => entries.map(({ id }) => id))).not.toContain("settings.open");
  });

  it("asks for a choice where a command needs one", () => {
    const theme = toEntryGroups(stateWith(), "theme", false)[0]?.entries[0];

    expect(theme?.choices).toHaveLength(3);
    expect(toChoiceEntries(theme?.choices ?? [], "da").map(({ label }) => label)).toEqual(["Dark"]);
  });
});

describe("the order of what is found", () => {
  const entry = (label: string, keywords = "", keys: string | null = null) => ({ label, keywords, keys });

  it("is key, beginning of the name, beginning of a word, other words, midst of a word", () => {
    const entries = [
      entry("Unpin x"),
      entry("Hold", "pin"),
      entry("Un pin"),
      entry("Pin delivery"),
      entry("Other", "", "pin"),
    ];

    expect(ranked(entries, "pin").map(({ label }) => label)).toEqual([
      "Other",
      "Pin delivery",
      "Un pin",
      "Hold",
      "Unpin x",
    ]);
  });

  it("has what answers but for a slip after what answers, and forgives none in a short word", () => {
    const labels = (query: string): string[] =>
      rankedWithSlips([entry("Load"), entry("Other", "loan"), entry("Run")], query).map(({ label }) => label);

    expect(labels("loan")).toEqual(["Other", "Load"]);
    expect(labels("lxxd")).toEqual([]);
    expect(labels("rum")).toEqual([]);
  });

  it("wants every word of the query", () => {
    expect(scoreOf(entry("Copy payload"), "copy pay")).toBeGreaterThan(0);
    expect(scoreOf(entry("Copy payload"), "copy url")).toBe(0);
  });

  it("tells g from G", () => {
    expect(scoreOf(entry("Oldest", "", "G"), "g")).toBe(0);
    expect(scoreOf(entry("Oldest", "", "G"), "G")).toBe(100);
  });
});
