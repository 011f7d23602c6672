import { EventEmitter } from "node:events";
import { record, strict } from "./harness.ts";

/** HARNESS_ANSWER names the button that is pressed in every message box; without it, each is cancelled. */
const answer = process.env["HARNESS_ANSWER"];

/** The modules that reach into the desktop. They do nothing but remember what they were asked. */

export const dialog = strict("dialog", {
  showErrorBox: (title: string, content: string) => record("dialog.showErrorBox", title, content),
  async showMessageBox({ message, buttons, cancelId }: FakeMessageBox) {
    record("dialog.showMessageBox", message, ...buttons);
    return { response: answer === undefined ? cancelId : buttons.indexOf(answer) };
  },
});

interface FakeMessageBox {
  readonly message: string;
  readonly buttons: readonly string[];
  readonly cancelId: number;
}

export const shell = strict("shell", {
  openExternal: async (url: string) => record("shell.openExternal", url),
});

export const clipboard = strict("clipboard", {
  writeText: (text: string) => record("clipboard.writeText", text),
});

export const nativeTheme = strict(
  "nativeTheme",
  Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: "system" }),
);

export const screen = strict("screen", {
  getPrimaryDisplay: () => ({ workAreaSize: { width: 1920, height: 1080 } }),
});

/** An entry as an app describes it; the real one has more, which no menu of ours uses. */
interface FakeMenuItem {
  readonly id?: string;
  readonly submenu?: readonly FakeMenuItem[];
}

interface FakeMenu {
  readonly items: readonly FakeMenuItem[];
  getMenuItemById(id: string): FakeMenuItem | null;
}

function findItem(items: readonly FakeMenuItem[], id: string): FakeMenuItem | null {
  for (const item of items) {
    const found = item.id === id ? item : findItem(item.submenu ?? [], id);
    if (found !== null) return found;
  }
  return null;
}

let applicationMenu: FakeMenu | null = null;

export const Menu = strict("Menu", {
  buildFromTemplate: (items: readonly FakeMenuItem[]): FakeMenu => ({
    items,
    getMenuItemById: (id) => findItem(items, id),
  }),
  setApplicationMenu(menu: FakeMenu | null) {
    applicationMenu = menu;
  },
  getApplicationMenu: () => applicationMenu,
});

/** Remembers what was shown, the newest last. */
export class Notification extends EventEmitter {
  static readonly shown: Notification[] = [];

  static isSupported(): boolean {
    return true;
  }

  readonly #text: { readonly title: string; readonly body: string };

  constructor(text: { readonly title: string; readonly body: string }) {
    super();
    this.#text = text;
  }

  show(): void {
    Notification.shown.push(this);
    record("Notification.show", this.#text.title, this.#text.body);
  }
}

/** Not encryption: a mask that makes a plain text unreadable, which is all that a test can look for. */
function mask(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0x5a));
}

/** HARNESS_KEYRING chooses what Electron would find on Linux; `basic_text` is a desktop without a keyring. */
const backend = process.env["HARNESS_KEYRING"] ?? "gnome_libsecret";

/** The asynchronous members alone: the others are deprecated in Electron 45. */
export const safeStorage = strict("safeStorage", {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => mask(Buffer.from(text)),
  decryptStringAsync: async (bytes: Buffer) => ({ result: mask(bytes).toString(), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => backend,
});
