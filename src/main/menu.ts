import { Menu, type MenuItemConstructorOptions } from "electron";

const DOCS_URL = "https://docs.api.video/reference/create-and-manage-webhooks";

/** The menu of the desktop's conventions: what copies, zooms, closes and quits. The app's own actions live in its window. */
export function buildMenu(platform: NodeJS.Platform, openLink: (url: string) => void): Menu {
  const isMac = platform === "darwin";
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: "appMenu" } as const] : []),
    { label: "File", submenu: [{ role: isMac ? "close" : "quit" }] },
    { role: "editMenu" },
    { role: "viewMenu" },
    { role: "windowMenu" },
    { role: "help", submenu: [{ label: "api.video webhooks documentation", click: () => openLink(DOCS_URL) }] },
  ];
  return Menu.buildFromTemplate(template);
}
