import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, SETTING_FLAGS, Settings } from "#shared/domain/settings.ts";
import {
  haystackOf,
  isFound,
  markPieces,
  toWords,
} from "../../../../src/renderer/features/settings/search-settings.ts";
import { SECTIONS } from "../../../../src/renderer/features/settings/setting-entry.ts";
import { SET_ELSEWHERE, SETTING_TABLE } from "../../../../src/renderer/features/settings/setting-table.ts";

const LAUNCH = [
  { id: "listenerPort", value: "4848", source: "flag", flag: "--listener-port", variable: "X_LISTENER_PORT" },
] as const;

function find(query: string, values: Partial<Settings> = {}): string[] {
  return SETTING_TABLE.filter((entry) =>
    isFound(haystackOf(entry, { ...DEFAULT_SETTINGS, ...values }, LAUNCH), toWords(query)),
  ).map(({ id }) => id);
}

describe("the search of the settings", () => {
  it.each([
    ["theme", "theme"],
    ["FORWARD server byte", "forwardTo"],
    ["--listener-port", "listenerPort"],
    ["APIVIDEO_INSPECTOR_TUNNEL_HOST", "tunnelHost"],
    ["4848", "listenerPort"],
    ["my.relay", "tunnelHost"],
    ["wipe", "erase"],
  ])("finds by %j, among others, %s", (query, id) => {
    expect(find(query, { tunnelHost: "https://my.relay.example" })).toContain(id);
  });

  it.each([
    ["timeout", ["forwardTo"]],
    ["port", ["listenerPort", "uiPort", "forwardTo"]],
    ["theme", ["theme"]],
    ["dark mode", ["theme"]],
    ["secret", ["webhookSecret", "keys"]],
    ["notification", ["notify"]],
    ["limit", ["maxDeliveries", "maxBytes"]],
    ["retention", ["maxDeliveries", "maxBytes"]],
    ["forward", ["forwardTo", "allowedTargets"]],
    ["replay", ["forwardTo", "allowedTargets"]],
    ["host", ["tunnelHost", "allowedTargets"]],
    ["shortcut", ["shortcuts", "singleKeys"]],
    ["password", ["keys"]],
    ["backup", ["dataDir"]],
    ["whitelist", ["allowedTargets"]],
  ])("finds by what people call it: %j", (query, ids) => {
    expect(find(query)).toEqual(expect.arrayContaining(ids));
  });

  it("finds all without words, and nothing where a word is nowhere", () => {
    expect(find("  ")).toHaveLength(SETTING_TABLE.length);
    expect(find("theme zebra")).toEqual([]);
  });

  it("marks the words and leaves the text as it was", () => {
    expect(markPieces("Listener port, Port", toWords("PORT list"))).toEqual([
      { text: "List", isMarked: true },
      { text: "ener ", isMarked: false },
      { text: "port", isMarked: true },
      { text: ", ", isMarked: false },
      { text: "Port", isMarked: true },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (text, query) => {
        expect(
          markPieces(text, toWords(query))
            .map((piece) => piece.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

describe("the table of the settings", () => {
  it("has every setting that is not set elsewhere, once, in a section of the page", () => {
    const shown = SETTING_TABLE.flatMap(({ setting }) => setting ?? []);
    const all = Settings.keyof().options.filter((name) => !SET_ELSEWHERE.includes(name));

    expect([...shown].sort()).toEqual([...all].sort());
    expect(new Set(SETTING_TABLE.map(({ id }) => id)).size).toBe(SETTING_TABLE.length);
    for (const { section } of SETTING_TABLE) expect(SECTIONS.map(({ id }) => id)).toContain(section);
  });

  it("says of every setting what it does, its default and when it counts", () => {
    for (const { setting, launch, meaning, standard, effect } of SETTING_TABLE) {
      expect(meaning).toMatch(/\.$/);
      if (setting !== undefined || launch !== undefined) expect([standard, effect]).not.toContain(undefined);
    }
    expect(Object.keys(SETTING_FLAGS)).toHaveLength(5);
  });
});
