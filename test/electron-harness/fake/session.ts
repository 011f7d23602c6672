import { EventEmitter } from "node:events";

type Permit = (contents: unknown, permission: string, answer: (granted: boolean) => void, details: object) => void;
type Check = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type DeviceCheck = (details: object) => boolean;
type DisplayMedia = (request: object, answer: (streams: object | null) => void) => void;

/** Electron's default session. Its handlers are never asked by Chromium here; `ask…` lets a test ask them. */
export class FakeSession extends EventEmitter {
  #permit: Permit | null = null;
  #check: Check | null = null;
  #device: DeviceCheck | null = null;
  #display: DisplayMedia | null = null;

  setPermissionRequestHandler(handler: Permit | null): void {
    this.#permit = handler;
  }

  setPermissionCheckHandler(handler: Check | null): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: DeviceCheck | null): void {
    this.#device = handler;
  }

  setDisplayMediaRequestHandler(handler: DisplayMedia | null): void {
    this.#display = handler;
  }

  /** What a page would be told that asks for a permission; without a handler Electron grants it. */
  askPermission(
    permission: string,
  ): Promise<{ requested: boolean; checked: boolean; device: boolean; screen: boolean }> {
    const requested = Promise.withResolvers<boolean>();
    const screen = Promise.withResolvers<boolean>();
    if (this.#permit) this.#permit(null, permission, requested.resolve, {});
    else requested.resolve(true);
    if (this.#display) this.#display({}, (streams) => screen.resolve(streams !== null));
    else screen.resolve(false);
    return Promise.all([requested.promise, screen.promise]).then(([isRequested, isScreen]) => ({
      requested: isRequested,
      checked: this.#check ? this.#check(null, permission, "", {}) : true,
      device: this.#device ? this.#device({}) : true,
      screen: isScreen,
    }));
  }
}
