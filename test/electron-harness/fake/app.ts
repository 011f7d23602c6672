import { EventEmitter } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeEvent, record } from "./harness.ts";

/** What the app needs of the rest of the fake, told to it at the start. */
export interface AppHost {
  /** Closes each window unless one refuses. */
  closeWindows(): boolean;
  closeBrowser(): Promise<void>;
}

const LOCK_FILE = "SingletonLock";
const CALL_FILE = "SingletonCall";

/** Electron's `app`, with real quitting and a real lock per profile. */
export class FakeApp extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map([["userData", join(tmpdir(), "harness-profile")]]);
  readonly #ready = Promise.withResolvers<void>();
  #host: AppHost | null = null;
  #isReady = false;
  #isQuitting = false;
  #isExiting = false;

  become(host: AppHost): void {
    this.#host = host;
    this.#isReady = true;
    this.emit("ready", fakeEvent({}), {});
    this.#ready.resolve();
  }

  get isQuitting(): boolean {
    return this.#isQuitting || this.#isExiting;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  enableSandbox(): void {
    this.#onlyBeforeReady("enableSandbox");
    record("app.enableSandbox");
  }

  setPath(name: string, path: string): void {
    mkdirSync(path, { recursive: true });
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? join(this.getPath("userData"), name);
  }

  /** One holder per profile, as Chromium has it; the holder hears of those that come later. */
  requestSingleInstanceLock(): boolean {
    const profile = this.getPath("userData");
    mkdirSync(profile, { recursive: true });
    const lock = join(profile, LOCK_FILE);
    const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : null;
    if (holder !== null && isAlive(holder)) {
      writeFileSync(join(profile, CALL_FILE), String(process.pid));
      return false;
    }
    writeFileSync(lock, String(process.pid));
    process.on("exit", () => rmSync(lock, { force: true }));
    watch(profile, (_change, file) => {
      if (file !== CALL_FILE || !existsSync(join(profile, CALL_FILE))) return;
      rmSync(join(profile, CALL_FILE));
      this.emit("second-instance", fakeEvent({}), [], "", null);
    }).unref();
    return true;
  }

  /** As on a desktop that has badges. */
  setBadgeCount(count: number): boolean {
    record("app.setBadgeCount", count);
    return true;
  }

  /** Only remembered: whoever wants to see the next start starts it. */
  relaunch(): void {
    record("app.relaunch");
  }

  quit(): void {
    if (this.#isQuitting) return;
    const before = fakeEvent({});
    this.emit("before-quit", before);
    if (before.defaultPrevented) return;
    this.#isQuitting = true;
    if (this.#host?.closeWindows() === false) {
      this.#isQuitting = false;
      return;
    }
    this.exit(0);
  }

  exit(code = 0): void {
    if (this.#isExiting) return;
    this.#isExiting = true;
    const closed = this.#host?.closeBrowser() ?? Promise.resolve();
    closed.catch(() => undefined).finally(() => process.exit(code));
  }

  #onlyBeforeReady(name: string): void {
    if (this.#isReady) throw new Error(`app.${name}() can only be called before app is ready`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // The holder was killed and left its lock behind.
    return false;
  }
}
