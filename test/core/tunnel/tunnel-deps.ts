import type { RequestListener, Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { createCanary } from "#core/tunnel/canary.ts";
import { probePath } from "#core/tunnel/probe-path.ts";
import { createProvider } from "#core/tunnel/providers/create-provider.ts";
import type { TunnelDeps } from "#core/tunnel/tunnel.ts";
import { silentLog } from "../../helpers/silent-log.ts";

/** What a tunnel needs, all of it real, leading to whatever listens on `listenerPort`. */
export function tunnelDeps(listenerPort: () => number, canary = createCanary()): TunnelDeps {
  return {
    clock: { now: () => performance.timeOrigin + performance.now() },
    log: silentLog(),
    listenerPort,
    provider: (choice, options) =>
      createProvider(choice, { ...options, env: {}, loadNgrok: () => Promise.reject(new Error("not installed")) }),
    probe: (publicUrl, way) =>
      probePath({
        canary,
        publicUrl,
        listenerUrl: `http://127.0.0.1:${listenerPort()}`,
        ...way,
        userAgent: "test/1",
        timeoutMs: 1_000,
      }),
    async restartListener() {},
    onChange() {},
  };
}

/** Lets any server prove the path to it, as our listener does. */
export function answerCanaries(server: Server, canary: ReturnType<typeof createCanary>): void {
  // A server's listeners of this event are of this type.
  const listeners = server.listeners("request") as RequestListener[];
  server.removeAllListeners("request");
  server.on("request", async (request, response) => {
    const path = request.url ?? "";
    if (path.endsWith(canary.path)) response.end(canary.answer({ path, body: await buffer(request) }));
    else for (const listener of listeners) listener(request, response);
  });
}
