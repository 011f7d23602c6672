import type { NgrokModule } from "#core/tunnel/providers/ngrok-client.ts";

export const URL_OF_NGROK = "https://calm-otter.ngrok-free.app";

type ForwardConfig = Parameters<NgrokModule["forward"]>[0];

export interface Given {
  readonly url?: string | null;
  readonly error?: Error;
  readonly before?: Promise<void>;
  readonly hanging?: "close" | "disconnect";
}

/** Behaves like @ngrok/ngrok 1.7: one session for all listeners, which hears its status with the first of them. */
export function fakeNgrok(given: Given = {}) {
  const configs: ForwardConfig[] = [];
  const calls: string[] = [];
  let online = 0;
  const module: NgrokModule = {
    async forward(config) {
      calls.push("forward");
      configs.push(config);
      await given.before;
      if (given.error) throw given.error;
      online++;
      config.onStatusChange("connected");
      return {
        url: () => (given.url === undefined ? URL_OF_NGROK : given.url),
        async close() {
          calls.push("close");
          if (given.hanging === "close") await new Promise(() => {});
          online--;
          configs[0]?.onStatusChange("closed");
        },
      };
    },
    async disconnect() {
      calls.push("disconnect");
      if (given.hanging === "disconnect") await new Promise(() => {});
    },
    listeners: async () => Array.from({ length: online }),
  };
  return { module, configs, calls, status: (status: string) => configs[0]?.onStatusChange(status) };
}
