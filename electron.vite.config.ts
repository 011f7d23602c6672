import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { ENGINE_THREADS } from "./scripts/engine-threads.ts";

/** What shows code, with what it imports: large, and seldom opened. */
const SHOWS_CODE = /@codemirror|@lezer|features.edit.|compare.(text-diff|diff-theme|cut-lines)/;

export default defineConfig({
  main: {
    build: {
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: "src/main/index.ts",
          cli: "src/core/hosts/cli/cli.ts",
          ...ENGINE_THREADS,
        },
        // Flat, so that whatever chunk starts a worker finds its file beside itself.
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunk-[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload cannot be an ES module, nor require anything but electron: it is bundled whole.
      externalizeDeps: false,
      rollupOptions: { input: "src/preload/index.ts", output: { format: "cjs", entryFileNames: "index.cjs" } },
    },
  },
  renderer: {
    root: "src/renderer",
    plugins: [react(), tailwindcss()],
    build: {
      minify: true,
      // The page's policy allows files of our own only: no data: URLs, no inline script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: "src/renderer/index.html",
        // One file for the first screen and one for the rest, which is fetched ahead once there is nothing else to do: sixty
        // small ones cost as many requests, and a quarter of a second of the processor. What shows code, which is large,
        // comes when it is asked for.
        output: {
          codeSplitting: {
            groups: [
              { name: "first", tags: ["$initial"], priority: 1 },
              { name: "later", test: (id) => !SHOWS_CODE.test(id) },
            ],
          },
        },
      },
    },
  },
});
