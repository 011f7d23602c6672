/** The engine's threads, each a file of its own beside whatever starts it: by the name that `workerUrl` asks for. */
export const ENGINE_THREADS = {
  "store-worker": "src/core/store/store-worker.ts",
  "localtunnel-worker": "src/core/tunnel/providers/localtunnel-worker.ts",
};
