import type { MenuItemConstructorOptions } from "electron";
import { describe, expect, it } from "vitest";
import type { KeySettings } from "#shared/domain/keys.ts";
import { toAccelerator } from "../../src/main/accelerator.ts";
import { menuTemplate } from "../../src/main/menu.ts";

function build(platform: NodeJS.Platform, keys: KeySettings = { keys: {}, singleKeys: true }) {
  const run: string[] = [];
  const template = menuTemplate({
    platform,
    keys,
    openLink: () => undefined,
    runAction: (id) => void run.push(id),
  });
  const items = template.flatMap(flatten);
  const find = (id: string): MenuItemConstructorOptions => {
    const item = items.find((candidate) => candidate.id === id);
    if (item === undefined) throw new Error(`the menu has no ${id}`);
    return item;
  };
  return { template, items, run, find };
}

function flatten(item: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return Array.isArray(item.submenu) ? item.submenu : [item];
}

describe("the desktop's menu", () => {
  it.each(["linux", "win32", "darwin"] as const)(
    "offers each action once on %s, beside what every app has",
    (platform) => {
      const { template, items, find } = build(platform);

      const ids = items.flatMap(({ id }) => id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      expect(find("delivery.replay").label).toBe("Replay delivery");
      expect(find("settings.open").label).toBe("Settings");
      const roles = template.flatMap(({ role }) => role ?? []);
      expect(roles).toEqual(expect.arrayContaining(["editMenu", "viewMenu", "windowMenu", "help"]));
      expect(items.some(({ role }) => role === "quit")).toBe(true);
    },
  );

  it("has the page do what is chosen", () => {
    const { find, run } = build("linux");

    // Electron passes an item, a window and an event, none of which is used.
    (find("delivery.replay").click as () => void)();

    expect(run).toEqual(["delivery.replay"]);
  });

  it("shows the keys in force and takes none away from the page", () => {
    const { find, items } = build("linux", { keys: { "delivery.replay": ["$mod+Shift+R"] }, singleKeys: false });

    expect(find("delivery.replay").accelerator).toBe("CommandOrControl+Shift+R");
    expect(find("palette.open").accelerator).toBe("CommandOrControl+K");
    expect(find("delivery.pin")).not.toHaveProperty("accelerator");
    expect(items.filter(({ accelerator }) => accelerator).every((item) => item.registerAccelerator === false)).toBe(
      true,
    );
  });
});

describe("an accelerator", () => {
  it("is what Electron knows under another name", () => {
    expect(toAccelerator("r", false)).toBe("R");
    expect(toAccelerator("[Shift]+?", false)).toBe("?");
    expect(toAccelerator("$mod+\\", false)).toBe("CommandOrControl+\\");
    expect(toAccelerator("Shift+ArrowUp", false)).toBe("Shift+Up");
    expect(toAccelerator("$mod++", false)).toBe("CommandOrControl+Plus");
  });

  it("is none for what a menu cannot show", () => {
    expect(toAccelerator(undefined, false)).toBeNull();
    expect(toAccelerator("g g", false)).toBeNull();
    expect(toAccelerator("é", false)).toBeNull();
    expect(toAccelerator("ContextMenu", false)).toBeNull();
  });

  it("is none on macOS for keys that somebody may be typing", () => {
    expect(toAccelerator("r", true)).toBeNull();
    expect(toAccelerator("Delete", true)).toBeNull();
    expect(toAccelerator("$mod+k", true)).toBe("CommandOrControl+K");
  });
});
