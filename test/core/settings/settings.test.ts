import { describe, expect, it } from "vitest";
import { openSettings } from "#core/settings/settings.ts";
import { DEFAULT_SETTINGS, Settings } from "#shared/domain/settings.ts";
import { silentLog } from "../../helpers/silent-log.ts";

function open(more: { saved?: string; flags?: Partial<Settings>; variables?: Partial<Settings> } = {}) {
  const disk = { text: more.saved ?? null };
  const settings = openSettings({
    load: async () => disk.text,
    save: async (text) => {
      disk.text = text;
    },
    flags: more.flags ?? {},
    variables: more.variables ?? {},
    log: silentLog(),
  });
  return { disk, settings };
}

describe("settings", () => {
  it("let a flag go before a variable, a variable before what was saved, and that before the default", async () => {
    const settings = await open({
      saved: JSON.stringify({ theme: "dark", api: "sandbox", tunnel: "localtunnel" }),
      variables: { api: "production", tunnel: "none" },
      flags: { tunnel: "https://own.example" },
    }).settings;

    expect(settings.values).toEqual({
      ...DEFAULT_SETTINGS,
      theme: "dark",
      api: "production",
      tunnel: "https://own.example",
    });
    expect(settings.view().sources).toMatchObject({
      theme: "saved",
      api: "variable",
      tunnel: "flag",
      forwardTo: "default",
    });
  });

  it("save what was changed and nothing of what flags and variables said", async () => {
    const { disk, settings } = open({ flags: { tunnel: "none" }, variables: { api: "sandbox" } });

    await (await settings).update({ theme: "light" });

    expect(JSON.parse(disk.text ?? "")).toEqual({ theme: "light" });
  });

  it("refuse a change of what a flag decides, and say so", async () => {
    const { disk, settings } = open({ flags: { forwardTo: "http://localhost:3000" } });

    await expect((await settings).update({ forwardTo: "http://localhost:4000" })).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringContaining("flag"),
    });
    expect(disk.text).toBeNull();
  });

  it("keep of each profile what was saved in it, and nothing of what flags said", async () => {
    const { disk, settings } = open({ flags: { tunnel: "none" } });
    const area = await settings;
    await area.update({ api: "sandbox", theme: "dark" });
    await area.keepProfile({ id: "p2", name: "Two", settings: { forwardTo: "http://localhost:3000/" } });

    await area.switchTo("p2");

    expect(area.values).toMatchObject({ api: "simulator", forwardTo: "http://localhost:3000/", theme: "dark" });
    const again = await open({ saved: disk.text ?? "" }).settings;
    expect(again.profileId).toBe("p2");
    await again.switchTo("default");
    expect(again.values).toMatchObject({ api: "sandbox", forwardTo: null, theme: "dark" });
    expect(disk.text).not.toContain('"tunnel"');
  });

  it("leave out a profile that makes no sense, and always have the one in use", async () => {
    const profiles = [{ id: "a", name: "", settings: {} }, 7, { id: "b", name: "B", settings: { api: 7 } }];
    const area = await open({ saved: JSON.stringify({ profiles, profile: "a", api: "sandbox" }) }).settings;

    expect(area.view().profiles).toEqual([{ id: "a", name: "Default", settings: { api: "sandbox" } }]);
    expect(area.values.api).toBe("sandbox");
  });

  it("go back to their defaults one by one, or all of them with the profiles", async () => {
    const { disk, settings } = open({ saved: JSON.stringify({ theme: "dark", api: "sandbox" }) });
    const area = await settings;
    await area.keepProfile({ id: "p2", name: "Two", settings: {} });

    expect((await area.reset(["theme"])).sources).toMatchObject({ theme: "default", api: "saved" });
    await area.resetAll();

    expect(area.values).toEqual(DEFAULT_SETTINGS);
    expect(disk.text).toBe("{}");
  });

  it("keep searches by name: each name once, none of them empty, whatever language the search is in", () => {
    const isValid = (...savedSearches: { name: string; query: string }[]) =>
      Settings.partial().safeParse({ savedSearches }).success;

    expect(isValid({ name: "Failed", query: "sig:failed" }, { name: "Later", query: "key-of-a-newer-version:x" })).toBe(
      true,
    );
    expect(isValid({ name: "Same", query: "a" }, { name: " Same ", query: "b" })).toBe(false);
    expect(isValid({ name: " ", query: "a" })).toBe(false);
    expect(isValid({ name: "a", query: " " })).toBe(false);
    expect(isValid(...Array.from({ length: 51 }, (_, n) => ({ name: String(n), query: "a" })))).toBe(false);
  });

  it.each(["not json", "[]", "null", '{"theme":7,"events":[],"unknown":1}'])(
    "fall back to defaults where the saved text makes no sense: %s",
    async (saved) => {
      expect((await open({ saved }).settings).values).toEqual(DEFAULT_SETTINGS);
    },
  );
});
