import { record } from "./harness.ts";

/** Electron's `protocol`: custom schemes, which Chromium sees as https hosts of their own. */
export interface CustomScheme {
  readonly scheme: string;
  readonly privileges?: { readonly standard?: boolean };
}

type SchemeHandler = (request: Request) => Response | Promise<Response>;

export class FakeProtocol {
  readonly #isAppReady: () => boolean;
  readonly #schemes = new Set<string>();
  readonly #handlers = new Map<string, SchemeHandler>();

  constructor(isAppReady: () => boolean) {
    this.#isAppReady = isAppReady;
  }

  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (this.#isAppReady())
      throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
    record("protocol.registerSchemesAsPrivileged", schemes);
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true) throw new Error("fake electron: only standard schemes are supported");
      this.#schemes.add(scheme);
    }
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme ${scheme} is handled already`);
    this.#handlers.set(scheme, handler);
  }

  handlerOf(url: string): SchemeHandler | undefined {
    return this.#handlers.get(new URL(url).protocol.slice(0, -1));
  }

  /** app://host/path is https://host.app.fake.invalid/path to Chromium: a secure origin, where a header is a header. */
  toChromium(url: string): string {
    const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
    if (scheme === undefined || !this.#schemes.has(scheme)) return url;
    return `https://${host}.${scheme}.fake.invalid${rest || "/"}`;
  }

  fromChromium(url: string): string {
    const [, host, scheme, rest] = /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.fake\.invalid(.*)$/.exec(url) ?? [];
    return scheme === undefined ? url : `${scheme}://${host}${rest}`;
  }
}
