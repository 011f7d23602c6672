/** Runs `work` at most once per `everyMs`, the last time after the last `touch`. */
export function createTrailing(everyMs: number, work: () => void): Disposable & { touch(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    touch() {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, everyMs);
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
