/** What the program under test did to the outside world, for tests to read; answers are prepared by them. */
export interface Harness {
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[];
  /** Requests that would have left the machine. */
  readonly blocked: string[];
}

export const harness: Harness = { calls: [], blocked: [] };

export function record(name: string, ...args: unknown[]): void {
  harness.calls.push({ name, args });
}

/** Wraps a fake so that whatever it does not have throws when it is touched, instead of being quietly undefined. */
export function strict<T extends object>(name: string, fake: T): T {
  return new Proxy(fake, {
    get(target, key) {
      if (key in target || typeof key === "symbol" || key === "then" || key === "toJSON") {
        const value: unknown = Reflect.get(target, key, target);
        // Private state of the fakes hangs on the target itself, not on this proxy.
        return typeof value === "function" && !isClass(value) ? value.bind(target) : value;
      }
      throw new Error(`fake electron: ${name}.${String(key)} is not there. Add it to the harness if Electron has it.`);
    },
  });
}

function isClass(value: unknown): boolean {
  return Function.prototype.toString.call(value).startsWith("class");
}

export interface FakeEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** An event as Electron's emitters pass it, with what else belongs to it. */
export function fakeEvent<T extends object>(more: T): FakeEvent & T {
  return {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}
